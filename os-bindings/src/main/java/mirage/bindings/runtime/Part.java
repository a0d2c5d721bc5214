// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import mirage.bindings.CToolchain;
import mirage.device.SourceFolder;
import mirage.tools.AtomicFiles;
import mirage.tools.Fingerprint;
import mirage.tools.MirageException;
import mirage.tools.SourceFolders;

/**
 * One static library: the files of source folders of ours, and files of OCaml's runtime.
 *
 * @param name the library, without {@code lib} and {@code .a}
 * @param toolchain what compiles it
 * @param flags for all its files, behind the toolchain's own
 * @param folders our sources; their headers are seen by all files
 * @param headers further folders of ours whose headers are seen
 * @param upstream files of others
 */
record Part(
    String name,
    CToolchain toolchain,
    List<String> flags,
    List<SourceFolder> folders,
    List<SourceFolder> headers,
    List<Path> upstream) {

  /**
   * Files of OCaml's bytecode runtime compiled as they are. The others are replaced by ours:
   * startup_byt.c, backtrace_byt.c, dynlink.c, finalise.c, globroots.c, stacks.c, unix.c, main.c.
   */
  private static final List<String> OCAML =
      List.of(
          "afl",
          "alloc",
          "array",
          "backtrace",
          "bigarray",
          "callback",
          "codefrag",
          "compare",
          "custom",
          "debugger",
          "domain",
          "eventlog",
          "extern",
          "fail_byt",
          "fix_code",
          "floats",
          "gc_ctrl",
          "hash",
          "intern",
          "ints",
          "io",
          "lexing",
          "md5",
          "memory",
          "memprof",
          "meta",
          "misc",
          "obj",
          "parsing",
          "printexc",
          "roots_byt",
          "signals",
          "signals_byt",
          "skiplist",
          "startup_aux",
          "weak");

  /** Files of OCaml's runtime that ours of the folder {@code runtime} include. */
  private static final List<String> INCLUDED =
      List.of(
          "compact",
          "compare",
          "extern",
          "freelist",
          "intern",
          "interp",
          "major_gc",
          "minor_gc",
          "str",
          "sys");

  private static final List<String> RUNTIME_FLAGS =
      List.of(
          "-DCAML_NAME_SPACE",
          "-DCAMLDLLIMPORT=",
          "-DSHRINKED_GNUC",
          "-Dcaml_array_concat=caml_array_concat_anyway",
          "-Dcaml_gc_set=caml_gc_set_anyway",
          "-Dcaml_format_int=caml_format_int_anyway",
          "-Dcaml_int32_format=caml_int32_format_anyway",
          "-Dcaml_nativeint_format=caml_nativeint_format_anyway");

  private static final SourceFolder OS = RuntimeBuild.folder("c/os");

  /** The files a program spends its time in. */
  private static final List<String> HOT = List.of("interpreter", "mark", "memory", "promote");

  /** The collector's loop over a block's fields wants the test of one field in it. */
  private static final List<String> HOT_FLAGS =
      List.of("-O2", "--param", "max-inline-insns-single=500");

  /**
   * OCaml's runtime. The bytecode is not threaded, because it lies in flash and threading rewrites
   * it. Primitives that ours look at first (integers.c) have other names.
   */
  static Part ocaml(CToolchain toolchain, Path source) {
    return new Part(
        "camlrun",
        toolchain,
        RUNTIME_FLAGS,
        List.of(RuntimeHeaders.RUNTIME, OS),
        List.of(),
        Stream.concat(OCAML.stream(), INCLUDED.stream())
            .map(file -> source.resolve(file + ".c"))
            .toList());
  }

  /**
   * What a program of compiled code is linked with in front of {@link #ocaml}. Five files of the run-time
   * system are compiled anew: alloc.c makes no closures in advance (ours does: dummy.c), callback.c calls compiled code, meta.c refuses to load bytecode, fail_byt.c ends a raise in
   * ours, and backtrace.c asks ours when a backtrace is wanted.
   */
  static List<Part> compiledCode(CToolchain toolchain, Path source) {
    List<SourceFolder> headers =
        List.of(RuntimeHeaders.RUNTIME, OS, RuntimeBuild.folder("c/board/esp32"));
    SourceFolder ours = RuntimeBuild.folder("c/native");
    return List.of(
        new Part("native", toolchain, RUNTIME_FLAGS, List.of(ours), headers, List.of()),
        new Part(
            "native-callback",
            toolchain,
            also("-DNATIVE_CODE"),
            List.of(),
            headers,
            List.of(source.resolve("callback.c"), source.resolve("meta.c"))),
        new Part(
            "native-alloc",
            toolchain,
            also(
                "-Dcaml_alloc_dummy_function=caml_alloc_dummy_function_anyway",
                "-Dcaml_alloc_dummy_infix=caml_alloc_dummy_infix_anyway",
                "-Dcaml_update_dummy=caml_update_dummy_anyway"),
            List.of(),
            headers,
            List.of(source.resolve("alloc.c"))),
        new Part(
            "native-backtrace",
            toolchain,
            also(
                "-Dcaml_record_backtrace=caml_record_backtrace_anyway",
                "-Dcaml_get_exception_raw_backtrace=caml_get_exception_raw_backtrace_anyway",
                "-Dcaml_get_exception_backtrace=caml_get_exception_backtrace_anyway",
                "-Dcaml_print_exception_backtrace=caml_print_exception_backtrace_anyway"),
            List.of(),
            headers,
            List.of(source.resolve("backtrace.c"))),
        new Part(
            "native-raise",
            toolchain,
            also("-Dlongjmp=caml_native_longjmp"),
            List.of(),
            headers,
            List.of(source.resolve("fail_byt.c"))));
  }

  private static List<String> also(String... more) {
    List<String> flags = new ArrayList<>(RUNTIME_FLAGS);
    flags.addAll(List.of(more));
    return List.copyOf(flags);
  }

  /** What stands in for parts of OCaml's runtime that a program may do without: weak definitions, linked first. */
  static Part unused(CToolchain toolchain) {
    return new Part(
        "unused",
        toolchain,
        RUNTIME_FLAGS,
        List.of(RuntimeBuild.folder("c/unused")),
        List.of(),
        List.of());
  }

  /** What is linked in front of {@link #board} with a PHY library of the vendor's. */
  static Part phy(CToolchain toolchain) {
    return new Part(
        "phy",
        toolchain,
        List.of(),
        List.of(RuntimeBuild.folder("c/phy")),
        List.of(RuntimeBuild.folder("c/board/esp32")),
        List.of());
  }

  /** Board support; for the unix target with the stubs of mirage-os, elsewhere in camlrun. */
  static Part board(CToolchain toolchain, String board) {
    List<SourceFolder> folders = new ArrayList<>();
    folders.add(RuntimeBuild.folder("c/board/" + board));
    if (board.equals("host")) {
      folders.add(RuntimeBuild.folder("c/board/no-radio"));
      folders.add(RuntimeBuild.folder("c/os"));
    }
    return new Part("board", toolchain, List.of(), List.copyOf(folders), List.of(), List.of());
  }

  /** The arithmetic that the compiler calls and its own library lacks. */
  static Part support(CToolchain toolchain) {
    return new Part(
        "support",
        toolchain,
        List.of("-O2"),
        List.of(RuntimeBuild.folder("c/support")),
        List.of(),
        List.of());
  }

  /** The mathematical functions, in place of the C library's. */
  static Part math(CToolchain toolchain) {
    return new Part(
        "math",
        toolchain,
        List.of(),
        List.of(RuntimeBuild.folder("c/math")),
        List.of(RuntimeBuild.folder("c/support")),
        List.of());
  }

  void addTo(Fingerprint.Builder inputs) {
    inputs.text(name).texts(flags).texts(HOT).texts(HOT_FLAGS);
    folders.forEach(inputs::folder);
    headers.forEach(inputs::folder);
    upstream.forEach(inputs::file);
  }

  /** Makes the library in a directory. */
  void build(Path directory) throws IOException {
    Path work = Files.createDirectory(directory.resolve(name));
    CToolchain compiler = toolchain;
    List<Path> sources = new ArrayList<>();
    // Away from their own headers, which the compiler would look at first.
    Path others = Files.createDirectory(work.resolve("upstream"));
    for (Path file : upstream) {
      String name = file.getFileName().toString();
      List<String> lines = Tuning.ours().applyTo(name, Files.readAllLines(file));
      Path copy = Files.write(others.resolve(name), lines);
      if (!INCLUDED.contains(stem(name))) {
        sources.add(copy);
      }
    }
    compiler = compiler.including(work);
    for (SourceFolder folder : folders) {
      Path place = Files.createDirectories(work.resolve(folder.path()));
      compiler = compiler.including(place);
      SourceFolders.copy(folder, place).stream()
          .filter(file -> file.endsWith(".c") || file.endsWith(".S"))
          .map(place::resolve)
          .forEach(sources::add);
    }
    for (SourceFolder folder : headers) {
      Path place = Files.createDirectories(work.resolve("headers").resolve(folder.path()));
      SourceFolders.copy(folder, place);
      compiler = compiler.including(place);
    }
    toolchain.archive(compileAll(compiler, sources, work), directory.resolve("lib" + name + ".a"));
    AtomicFiles.delete(work);
  }

  /** Nothing is written any more when it is done, nor when it has failed. */
  private List<Path> compileAll(CToolchain compiler, List<Path> sources, Path work) {
    List<CompletableFuture<Path>> objects =
        sources.stream()
            .map(source -> CompletableFuture.supplyAsync(() -> compile(compiler, source, work)))
            .toList();
    CompletableFuture.allOf(objects.toArray(CompletableFuture[]::new))
        .exceptionally(failure -> null)
        .join();
    try {
      return objects.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      throw e.getCause() instanceof MirageException known ? known : e;
    }
  }

  private static String stem(String file) {
    return file.replace(".c", "");
  }

  private Path compile(CToolchain compiler, Path source, Path work) {
    String file = source.getFileName().toString();
    Path object = work.resolve(file.replace('.', '_') + ".o");
    List<String> more = new ArrayList<>(flags);
    if (HOT.contains(stem(file))) {
      more.addAll(HOT_FLAGS);
    }
    // The temporary directory's path must not get into what is kept.
    more.add("-ffile-prefix-map=" + work + "=/" + name);
    compiler.compile(source, object, more);
    return object;
  }
}
