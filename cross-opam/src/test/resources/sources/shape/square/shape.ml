let name = "square"
let corners n = Tally.count n
