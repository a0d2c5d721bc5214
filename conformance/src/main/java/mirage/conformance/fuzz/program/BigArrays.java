// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz.program;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mirage.conformance.fuzz.draws.Choice;
import mirage.conformance.fuzz.program.Place.Access;

/** Makes big arrays: of one to three dimensions or of a number found out later, of every kind, in both orders. */
final class BigArrays {

  /**
   * A kind of element.
   *
   * @param name as Bigarray's constructor
   * @param load around the read element
   * @param store around the value to write
   */
  private record Kind(String name, Type type, String load, String store) {
    static Kind of(String name, Type type) {
      return new Kind(name, type, "%s", "%s");
    }
  }

  private static final String COMPLEX = "{ Complex.re = %s; im = 1.5 }";

  private static final List<Kind> KINDS =
      List.of(
          Kind.of("int", Type.INT),
          Kind.of("float64", Type.FLOAT),
          Kind.of("float32", Type.FLOAT),
          Kind.of("int8_signed", Type.INT),
          Kind.of("int8_unsigned", Type.INT),
          Kind.of("int16_signed", Type.INT),
          Kind.of("int16_unsigned", Type.INT),
          Kind.of("int32", Type.INT32),
          Kind.of("int64", Type.INT64),
          Kind.of("nativeint", Type.NATIVEINT),
          new Kind("char", Type.INT, "(Char.code %s)", "(Char.unsafe_chr (%s land 255))"),
          new Kind("complex64", Type.FLOAT, "(%s.Complex.re)", COMPLEX),
          new Kind("complex32", Type.FLOAT, "(%s.Complex.re)", COMPLEX));

  private final Choice choice;

  BigArrays(Choice choice) {
    this.choice = choice;
  }

  Place any(String name) {
    if (choice.once(4)) {
      return characters(name);
    }
    Kind kind = choice.of(KINDS);
    boolean fortran = choice.once(4);
    List<Integer> extents =
        IntStream.rangeClosed(1, choice.between(1, 3))
            .mapToObj(dimension -> choice.between(1, 5))
            .toList();
    boolean general = choice.once(4);
    String indices =
        extents.stream().map(e -> "%s").collect(Collectors.joining(general ? ";" : ","));
    String element =
        general
            ? "(Bigarray.Genarray.get %s [|%s|])".formatted(name, indices)
            : "%s.{%s}".formatted(name, indices);
    String load = kind.load().formatted("(" + element + ")");
    String store =
        general
            ? "Bigarray.Genarray.set %s [|%s|] %s".formatted(name, indices, kind.store())
            : "%s <- %s".formatted(element, kind.store());
    return new Place(
        name,
        created(kind, extents, general, fortran),
        fortran ? 1 : 0,
        extents,
        List.of(new Access(kind.type(), load, store)));
  }

  private String created(Kind kind, List<Integer> extents, boolean general, boolean fortran) {
    String sizes =
        extents.stream().map(String::valueOf).collect(Collectors.joining(general ? ";" : " "));
    String zero =
        switch (kind.type().kind()) {
          case FLOAT -> kind.store().formatted("0.25");
          case INT32 -> "3l";
          case INT64 -> "4L";
          case NATIVEINT -> "5n";
          default -> kind.store().formatted("1");
        };
    return "(let a = Bigarray.%1$s.create Bigarray.%2$s Bigarray.%3$s %4$s in Bigarray.%1$s.fill a %5$s; a)"
        .formatted(
            general ? "Genarray" : "Array" + extents.size(),
            kind.name(),
            fortran ? "fortran_layout" : "c_layout",
            general ? "[|" + sizes + "|]" : sizes,
            zero);
  }

  /** Characters that are read and written two, four and eight at a time; perhaps a part of a larger one. */
  private Place characters(String name) {
    int length = choice.between(8, 20);
    List<Access> accesses = new ArrayList<>();
    accesses.add(
        new Access(
            Type.INT,
            "(Char.code %s.{%%s})".formatted(name),
            "%s.{%%s} <- Char.unsafe_chr (%%s land 255)".formatted(name)));
    accesses.add(wide(name, Type.INT, 16));
    accesses.add(wide(name, Type.INT32, 32));
    accesses.add(wide(name, Type.INT64, 64));
    int before = choice.below(5);
    return new Place(
        name,
        "(let a = Bigarray.Array1.create Bigarray.char Bigarray.c_layout %d in Bigarray.Array1.fill a 'q'; Bigarray.Array1.sub a %d %d)"
            .formatted(length + before + choice.below(3), before, length),
        0,
        List.of(length),
        accesses);
  }

  private static Access wide(String name, Type type, int bits) {
    return new Access(
        type,
        "(big_get%d %s %%s)".formatted(bits, name),
        "big_set%d %s %%s %%s".formatted(bits, name));
  }
}
