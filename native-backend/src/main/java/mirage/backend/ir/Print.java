// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

/** The text of a function, for people and golden files. */
public final class Print {
  private Print() {}

  public static String of(Function function) {
    StringBuilder text = new StringBuilder("function ").append(function.name());
    text.append(" arity ").append(function.arity()).append('\n');
    for (Block block : new Cfg(function).reversePostorder()) {
      text.append(block.label()).append(block.params()).append(":\n");
      block.body().forEach(instr -> text.append("  ").append(instr).append('\n'));
      text.append("  ").append(block.end()).append('\n');
    }
    return text.toString();
  }
}
