// SPDX-License-Identifier: Apache-2.0
package mirage.opam.packages;

/** The comparisons of opam files. */
final class Comparison {
  private Comparison() {}

  static boolean holds(OpamVersion left, String operator, OpamVersion right) {
    int order = left.compareTo(right);
    return switch (operator) {
      case "=" -> order == 0;
      case "!=" -> order != 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case ">=" -> order >= 0;
        // A version that belongs to a series: what does not name it does not belong.
      case "~" -> left.text().startsWith(right.text());
      default -> throw new IllegalArgumentException(operator);
    };
  }
}
