// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.util.List;

/** The code of a program: its words, and the instructions they are. */
public final class Bytecode {
  private final int[] words;
  private final List<Instruction> instructions;
  private final Instruction[] byWord;

  /** Makes the exception for a word of the code. */
  @FunctionalInterface
  interface Failure {
    FormatException at(int pc, String found, String allowed);
  }

  Bytecode(int[] words, List<Instruction> instructions) {
    this.words = words;
    this.instructions = instructions;
    byWord = new Instruction[words.length];
    for (Instruction instruction : instructions) {
      byWord[instruction.pc()] = instruction;
    }
  }

  /**
   * The instructions of a program that is in no file.
   *
   * @param name for messages
   * @param globals number of the program's globals
   * @param primitives number of the C functions it may call
   * @throws FormatException if they are not whole known instructions with operands in range
   */
  public static Bytecode of(String name, int[] words, int globals, int primitives) {
    return new BytecodeDecoder(
            words,
            globals,
            primitives,
            (pc, found, allowed) -> new FormatException(name, 4L * pc, found, allowed))
        .decode();
  }

  /** As they are in the file; not to be changed. */
  public int[] words() {
    return words;
  }

  /** Number of words. */
  public int size() {
    return words.length;
  }

  /** In the order of their words. */
  public List<Instruction> instructions() {
    return instructions;
  }

  /**
   * The instruction whose word is there.
   *
   * @throws IllegalArgumentException if that word is an operand
   */
  public Instruction at(int pc) {
    Instruction instruction = byWord[pc];
    if (instruction == null) {
      throw new IllegalArgumentException("word " + pc + " is an operand");
    }
    return instruction;
  }

  /** How many arguments the function that begins there takes. */
  public int arity(int entry) {
    return grabs(entry) ? at(entry).operand(0) + 1 : 1;
  }

  /** The first instruction of a function that is run when it has all arguments. */
  public int body(int entry) {
    return grabs(entry) ? at(entry).next() : entry;
  }

  private boolean grabs(int entry) {
    return at(entry).does(PlainOp.GRAB);
  }
}
