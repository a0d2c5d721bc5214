open Sexplib0.Sexp_conv

type entry = Paid of int | Owed of { to_whom : string; much : int } [@@deriving sexp]

let text entry = Sexplib0.Sexp.to_string (sexp_of_entry entry)
