#include <caml/mlvalues.h>

value rot13_rotate(value bytes) {
  unsigned char *at = Bytes_val(bytes);
  for (mlsize_t i = 0; i < caml_string_length(bytes); i++) {
    unsigned char lower = at[i] | 32;
    if (lower >= 'a' && lower <= 'z') at[i] += lower < 'n' ? 13 : -13;
  }
  return Val_unit;
}
