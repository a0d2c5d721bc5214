// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

/** Tags of blocks that are not of a constructor (runtime/caml/mlvalues.h), and what else the run-time system has numbers for. */
public final class OcamlTags {
  /** A value that is computed when it is asked for. */
  public static final int LAZY = 246;

  public static final int CLOSURE = 247;

  /** Of an object or an exception: field 1 is a unique number that every reader of a marshalled value renews. */
  public static final int OBJECT = 248;

  /** A closure inside another's block: its size is the distance from that one, in words. */
  public static final int INFIX = 249;

  /** A lazy value that has been computed. */
  public static final int FORWARD = 250;

  /** From here on the collector does not look at what is in a block. */
  public static final int ABSTRACT = 251;

  public static final int STRING = 252;
  public static final int DOUBLE = 253;
  public static final int DOUBLE_ARRAY = 254;

  /** The first word is the address of the block's operations. No tag is greater. */
  public static final int CUSTOM = 255;

  /** Exceptions of the run-time system, which are a program's first globals (caml/fail.h). */
  public static final int EXCEPTIONS = 12;

  private OcamlTags() {}
}
