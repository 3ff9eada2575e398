#include "view/columns.h"

#include "base/utf8.h"

uint32_t iv_view_column(const struct iv_view *view, const struct iv_finding *finding)
{
	uint32_t column = finding->pos.column;
	if (!view->line || column < 2 || !finding->pos.line)
		return column;
	struct iv_str line = view->line(view->data, finding->path, finding->pos.line);
	if (!line.ptr)
		return column;
	size_t bytes = column - 1 < line.len ? column - 1 : line.len;
	return (uint32_t)iv_utf8_count(line, bytes) + 1;
}
