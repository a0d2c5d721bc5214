// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mirage.bindings.CToolchain;
import mirage.device.SourceFolder;
import mirage.device.Target;
import mirage.tools.BuildCache;
import mirage.tools.Fingerprint;

/**
 * The C code every program of a target is linked with, built once and kept in the cache.
 *
 * @param target what it was built for
 * @param directory the cache's entry that holds it; never changed
 */
public record RuntimeBuild(Target target, Path directory) {
  /** Below {@link #directory}: what programs of compiled code need besides. */
  private static final String NATIVE = "native";

  /** Below {@link #directory}: what gives way to parts of the runtime that a program uses. */
  private static final String UNUSED = "unused";

  /** Below {@link #directory}: what stands between a PHY library of the vendor's and the board. */
  private static final String PHY = "phy";

  /**
   * Functions of OCaml's runtime that ours stand in front of: boxed.c, custom_find.c, doors.c,
   * pressure.c.
   */
  private static final List<String> WRAPPED =
      List.of(
          "caml_find_custom_operations",
          "caml_clip_heap_chunk_wsz",
          "caml_alloc_shr",
          "caml_alloc_shr_no_track_noexc",
          "caml_alloc_custom_mem",
          "caml_copy_int32",
          "caml_copy_int64",
          "caml_ba_alloc",
          "caml_ba_alloc_dims",
          "caml_ba_create",
          "caml_ba_sub",
          "caml_ba_slice",
          "caml_ba_reshape",
          "caml_ba_change_layout",
          "caml_register_named_value",
          "caml_ml_open_descriptor_in",
          "caml_ml_open_descriptor_out",
          "caml_ml_set_channel_name",
          "caml_float_of_string",
          "caml_hexstring_of_float");

  /** Builds what is not in the cache yet. */
  public static RuntimeBuild of(Target target, BuildCache cache) {
    return of(target, cache, Map.of());
  }

  /**
   * The same with other sizes.
   *
   * @param sizes as for {@link RuntimeHeaders#toolchain(Target, BuildCache, Map)}
   */
  public static RuntimeBuild of(Target target, BuildCache cache, Map<String, String> sizes) {
    CToolchain toolchain = RuntimeHeaders.toolchain(target, cache, sizes);
    List<Part> parts =
        switch (target) {
          case ESP32 -> chipParts(toolchain, OcamlSource.runtime(cache));
          case UNIX -> List.of(Part.board(toolchain, "host"));
        };
    List<Part> compiledCode =
        target == Target.ESP32
            ? Part.compiledCode(toolchain, OcamlSource.runtime(cache))
            : List.of();
    List<Part> unused = target == Target.ESP32 ? List.of(Part.unused(toolchain)) : List.of();
    List<Part> phy = target == Target.ESP32 ? List.of(Part.phy(toolchain)) : List.of();
    Fingerprint.Builder inputs =
        Fingerprint.builder().fingerprint(toolchain.fingerprint()).folder(RuntimeHeaders.STEPS);
    toolchain.includes().forEach(folder -> inputs.text(folder.toString()));
    parts.forEach(part -> part.addTo(inputs));
    compiledCode.forEach(part -> part.addTo(inputs));
    unused.forEach(part -> part.addTo(inputs));
    phy.forEach(part -> part.addTo(inputs));
    Optional<Loader> loader =
        target == Target.ESP32 ? Optional.of(new Loader(toolchain)) : Optional.empty();
    loader.ifPresent(it -> it.addTo(inputs));
    Path directory =
        cache.get(
            "runtime-" + target.id(),
            inputs.build(),
            place -> {
              build(parts, place);
              build(compiledCode, Files.createDirectory(place.resolve(NATIVE)));
              build(unused, Files.createDirectory(place.resolve(UNUSED)));
              build(phy, Files.createDirectory(place.resolve(PHY)));
              if (loader.isPresent()) {
                loader.get().build(place);
              }
            });
    return new RuntimeBuild(target, directory);
  }

  private static void build(List<Part> parts, Path place) throws IOException {
    for (Part part : parts) {
      part.build(place);
    }
  }

  private static List<Part> chipParts(CToolchain toolchain, Path ocaml) {
    return List.of(
        Part.board(toolchain, "esp32"),
        Part.ocaml(toolchain, ocaml),
        Part.math(toolchain),
        Part.support(toolchain));
  }

  /**
   * What the linker gets behind a program's own objects: our archives, for the chip also the C
   * library and the compiler's. Their members need each other, so they form a group.
   */
  public List<String> linkArguments() {
    return switch (target) {
      case ESP32 -> {
        List<String> arguments = new ArrayList<>(whole(UNUSED));
        arguments.addAll(group(archives()));
        yield List.copyOf(arguments);
      }
      case UNIX -> archives().stream().map(Path::toString).toList();
    };
  }

  /**
   * The same for a program of compiled code: all of what replaces the interpreter, which then keeps the
   * interpreter out. Chip only.
   */
  public List<String> nativeLinkArguments() {
    List<String> arguments = new ArrayList<>(whole(NATIVE));
    arguments.addAll(linkArguments());
    return List.copyOf(arguments);
  }

  /**
   * The same besides, in front, for a program with a PHY library of the vendor's. Chip only.
   *
   * @param library what {@link mirage.bindings.phy.PhyLibrary} has made of it
   */
  public List<String> phyLinkArguments(Path library) {
    List<String> arguments = new ArrayList<>(List.of("-Wl,--defsym=ROM_DATA_KEPT=1"));
    arguments.addAll(whole(PHY));
    arguments.add(library.toString());
    return List.copyOf(arguments);
  }

  private List<String> whole(String folder) {
    List<String> arguments = new ArrayList<>(List.of("-Wl,--whole-archive"));
    archives(directory.resolve(folder)).forEach(archive -> arguments.add(archive.toString()));
    arguments.add("-Wl,--no-whole-archive");
    return arguments;
  }

  private static List<String> group(List<Path> archives) {
    List<String> arguments = new ArrayList<>();
    WRAPPED.forEach(function -> arguments.add("-Wl,--wrap=" + function));
    arguments.addAll(
        List.of("-L" + new CToolchain(Target.ESP32, List.of()).libraries(), "-Wl,--start-group"));
    archives.forEach(archive -> arguments.add(archive.toString()));
    arguments.addAll(List.of("-lc", "-lgcc", "-Wl,--end-group"));
    return List.copyOf(arguments);
  }

  /** The archives, each named after what is in it. */
  public List<Path> archives() {
    return archives(directory);
  }

  private static List<Path> archives(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".a")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The second-stage loader, an ELF executable; the boot ROM loads its segments. Chip only. */
  public Path loader() {
    return directory.resolve(Loader.NAME);
  }

  static SourceFolder folder(String path) {
    return new SourceFolder(RuntimeBuild.class, path);
  }
}
