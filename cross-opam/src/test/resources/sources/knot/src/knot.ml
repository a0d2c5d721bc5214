let tie n = Tally.count n * 10
