val name : string
val corners : int -> int
