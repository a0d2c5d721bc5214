external twice : int -> int = "crank_twice"
let turn n = Tally.count (twice n)
