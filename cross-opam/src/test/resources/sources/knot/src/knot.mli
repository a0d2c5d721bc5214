val tie : int -> int
