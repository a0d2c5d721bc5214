#include <caml/mlvalues.h>
value crank_twice(value n) { return Val_long(2 * Long_val(n)); }
