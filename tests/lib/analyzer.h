/*
 * What clang-tidy is told about calls whose bodies it does not see: those that report an error
 * answer with its code, so `return iv_error_set(…)` is a failure. `make lint` includes this
 * before every source file but error.c, where the functions are defined; a feature macro that a
 * file defines for itself comes too late then, so it gives _DEFAULT_SOURCE to all.
 */
#include "base/error.h"

#define iv_error_set(error, code, ...) ((iv_error_set)(error, code, __VA_ARGS__), (int)(code))
#define iv_error_errno(error, ...) ((iv_error_errno)(error, __VA_ARGS__), (int)IV_EIO)
