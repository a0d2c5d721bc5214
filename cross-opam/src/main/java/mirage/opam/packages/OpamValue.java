// SPDX-License-Identifier: Apache-2.0
package mirage.opam.packages;

import java.util.List;

/** A value of the opam file format, as written. */
public sealed interface OpamValue {
  /** {@code true} or {@code false}. */
  record Bool(boolean value) implements OpamValue {}

  /** A number. */
  record Int(long value) implements OpamValue {}

  /** Text between quotes, escapes resolved; {@code %{variable}%} still stands in it. */
  record Text(String value) implements OpamValue {}

  /** A variable's name, such as {@code with-test} or {@code ocaml:native}. */
  record Name(String value) implements OpamValue {}

  /** {@code [a b ...]}. */
  record Sequence(List<OpamValue> values) implements OpamValue {}

  /** {@code (a b ...)}. */
  record Group(List<OpamValue> values) implements OpamValue {}

  /** A value with a condition behind it: {@code value {condition ...}}. */
  record Conditional(OpamValue value, List<OpamValue> conditions) implements OpamValue {}

  /** {@code left op right}, where op is {@code &}, {@code |} or a comparison. */
  record Infix(String operator, OpamValue left, OpamValue right) implements OpamValue {}

  /** {@code op value}: {@code !}, {@code ?}, or a comparison with what the context is about. */
  record Prefix(String operator, OpamValue value) implements OpamValue {}
}
