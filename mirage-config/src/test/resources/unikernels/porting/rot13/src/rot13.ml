external rotate : bytes -> unit = "rot13_rotate" [@@noalloc]

let string text =
  let bytes = Bytes.of_string text in
  rotate bytes;
  Bytes.to_string bytes
