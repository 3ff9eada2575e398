#include "base/embedded.h"

#include <string.h>

const char *iv_embedded_text(const char *name)
{
	for (size_t i = 0; i < iv_embedded_count; i++)
		if (!strcmp(iv_embedded_files[i].name, name))
			return iv_embedded_files[i].text;
	return NULL;
}
