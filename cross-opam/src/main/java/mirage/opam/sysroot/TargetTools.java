// SPDX-License-Identifier: Apache-2.0
package mirage.opam.sysroot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mirage.bindings.CToolchain;
import mirage.tools.AtomicFiles;
import mirage.tools.Command;
import mirage.tools.MirageException;
import mirage.tools.Tools;

/**
 * The programs in a sysroot that stand for the target's compilers, so that builds of others' packages
 * find what they look for. All are small scripts around this machine's programs.
 *
 * @param place where the sysroot will be in the end
 * @param toolchain the target's C compiler
 * @param standardLibrary where this machine's compiler keeps its own library
 */
record TargetTools(Path place, CToolchain toolchain, Path standardLibrary) {
  private static final String STANDARD = "stdlib";

  /** C code that lets other threads run meanwhile compiles, and no other thread is there. */
  private static final String NO_THREADS =
      """
      #ifndef CAML_THREADS_H
      #define CAML_THREADS_H
      #include <caml/signals.h>
      #define caml_acquire_runtime_system caml_leave_blocking_section
      #define caml_release_runtime_system caml_enter_blocking_section
      #define caml_c_thread_register() 0
      #define caml_c_thread_unregister() 0
      #endif
      """;

  /** The C compiler with all flags, and those of the variable {@code ESP32_CFLAGS}. */
  static final String CC = "esp32-cc";

  /** Writes them to {@code bin}, {@code include}, {@code stdlib} and {@code refuse} below the directory. */
  void write(Path directory) throws IOException {
    Path include = Files.createDirectory(directory.resolve("include"));
    for (Path headers : toolchain.includes()) {
      AtomicFiles.copyTree(headers, include);
    }
    AtomicFiles.write(include.resolve("caml/threads.h"), NO_THREADS);
    Files.createDirectories(directory.resolve("lib"));
    AtomicFiles.write(directory.resolve("lib/primitives"), "");
    AtomicFiles.write(directory.resolve("lib/configuration"), configuration());
    standardLibrary(Files.createDirectory(directory.resolve(STANDARD)));
    Path bin = Files.createDirectory(directory.resolve("bin"));
    script(bin.resolve(CC), cc());
    script(bin.resolve("ocamlc"), ocamlc());
    script(bin.resolve("ocamlmklib"), ocamlmklib());
    // Apart from the others: dune takes any ocamlopt beside ocamlc for one that works.
    script(
        directory.resolve("refuse/ocamlopt"),
        "echo 'ocamlopt: makes code for this machine, not for %s; compile with ocamlc' >&2\nexit 2"
            .formatted(toolchain.target().id()));
  }

  /**
   * The standard library as builds look at it: there is no code for this machine in it, and its C headers
   * are the target's.
   */
  private void standardLibrary(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(standardLibrary)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        if (name.matches(".*\\.(cm[aio]|cmti?|mli?)|camlheader.*")) {
          Files.createSymbolicLink(directory.resolve(name), file);
        } else if (name.equals("Makefile.config")) {
          AtomicFiles.write(directory.resolve(name), makefile(AtomicFiles.text(file)));
        }
      }
    }
    Files.createSymbolicLink(directory.resolve("caml"), Path.of("../include/caml"));
  }

  /** The compiler's configuration for makefiles: what {@link #configuration} says in their words. */
  private String makefile(String host) {
    Map<String, String> ours = new LinkedHashMap<>();
    ours.put("CC", compiler());
    ours.put("CPP", compiler() + " -E");
    ours.put("ARCMD", toolchain.archiver());
    ours.put("RANLIB", toolchain.archiver() + " s");
    ours.put("RANLIBCMD", toolchain.archiver() + " s");
    ours.put("MKLIB", "rm -f $(1) && %s rcs $(1) $(2)".formatted(toolchain.archiver()));
    ours.put("ARCH", "none");
    ours.put("MODEL", "default");
    ours.put("SYSTEM", toolchain.target().id());
    for (String none :
        List.of(
            "ARCH64",
            "NATIVE_COMPILER",
            "NATDYNLINK",
            "SUPPORTS_SHARED_LIBRARIES",
            "SYSTHREAD_SUPPORT")) {
      ours.put(none, "false");
    }
    for (String empty :
        List.of(
            "CFLAGS",
            "CPPFLAGS",
            "LDFLAGS",
            "OC_CFLAGS",
            "OC_CPPFLAGS",
            "OC_LDFLAGS",
            "OCAMLC_CFLAGS",
            "OCAMLC_CPPFLAGS",
            "BYTECCLIBS",
            "NATIVECCLIBS",
            "PTHREAD_LIBS",
            "SHAREDLIB_CFLAGS")) {
      ours.put(empty, "");
    }
    return host.lines()
            .map(line -> line.split("[ ?:]*=", 2))
            .map(
                line ->
                    line.length < 2 ? line[0] : line[0] + "=" + ours.getOrDefault(line[0], line[1]))
            .collect(Collectors.joining("\n"))
        + "\n";
  }

  private String cc() {
    List<String> flags =
        new CToolchain(toolchain.target(), List.of(place.resolve("include"))).flags();
    return """
        for word; do
          case "$word" in
            -c | -S | -E | -M | -MM | --version | -v | -dumpmachine | -print-*) exec %1$s %2$s $ESP32_CFLAGS "$@" ;;
          esac
        done
        # A program whose only use is to find out what there is: nothing starts it.
        exec %1$s %2$s $ESP32_CFLAGS -nostdlib -Wl,-e,main "$@" -L%3$s -lc -lm -lgcc"""
        .formatted(
            toolchain.compiler(),
            flags.stream().map(Command::quoted).collect(Collectors.joining(" ")),
            toolchain.libraries());
  }

  /** The stock compiler, which finds no C code of this machine and compiles C for the target. */
  private String ocamlc() {
    return """
        case "$1" in
          -where) echo %5$s; exit ;;
          -config) exec cat %1$s ;;
          -config-var) exec sed -n "s/^$2: //p" %1$s ;;
        esac
        exec %2$s -cc %3$s -noautolink -no-check-prims -use-prims %4$s "$@\""""
        .formatted(
            Command.quoted(place.resolve("lib/configuration").toString()),
            Tools.require("ocamlc"),
            Command.quoted(compiler()),
            Command.quoted(place.resolve("lib/primitives").toString()),
            Command.quoted(place.resolve(STANDARD).toString()));
  }

  /** The compiler as a command within a command. */
  private String compiler() {
    return Command.quoted(place.resolve("bin").resolve(CC).toString());
  }

  /**
   * What {@code ocamlc -config} says of the target. There is no compiler to machine code, no dynamic
   * linker and no system thread.
   */
  private String configuration() {
    Map<String, String> ours = new LinkedHashMap<>();
    for (String compiler : List.of("c_compiler", "bytecomp_c_compiler", "native_c_compiler")) {
      ours.put(compiler, compiler());
    }
    for (String none :
        List.of(
            "ocamlc_cflags",
            "ocamlc_cppflags",
            "ocamlopt_cflags",
            "ocamlopt_cppflags",
            "bytecomp_c_libraries",
            "native_c_libraries")) {
      ours.put(none, "");
    }
    ours.put("standard_library_default", place.resolve(STANDARD).toString());
    ours.put("standard_library", place.resolve(STANDARD).toString());
    ours.put("architecture", "xtensa");
    ours.put("system", toolchain.target().id());
    ours.put("target", "xtensa-" + toolchain.target().id() + "-none");
    ours.put("word_size", "32");
    ours.put("int_size", "31");
    for (String none :
        List.of("systhread_supported", "supports_shared_libraries", "asm_cfi_supported")) {
      ours.put(none, "false");
    }
    return Command.of("ocamlc", "-config")
            .run()
            .output()
            .lines()
            .map(line -> line.split(": ?", 2))
            .map(line -> line[0] + ": " + ours.getOrDefault(line[0], line[1]))
            .collect(Collectors.joining("\n"))
        + "\n";
  }

  /**
   * Makes the static archive of objects and the bytecode archive that asks for it, which builds may do one
   * after the other. Those that ask for the dynamic library, too, find an empty file: nothing can load it.
   */
  private String ocamlmklib() {
    return """
        name=a c= objects= units= options= custom=
        while [ $# -gt 0 ]; do
          case "$1" in
            -o) name=$2; shift ;;
            -oc) c=$2; shift ;;
            -custom) custom=1 ;;
            -l* | -L*) options="$options -cclib $1" ;;
            -g | -linkall) options="$options $1" ;;
            *.o | *.a) objects="$objects $1" ;;
            *.cmo | *.cma | *.ml) units="$units $1" ;;
          esac
          shift
        done
        c=${c:-$name}
        folder=$(dirname "$c") base=$(basename "$c")
        if [ -n "$objects" ]; then
          rm -f "$folder/lib$base.a"
          %1$s rcsD "$folder/lib$base.a" $objects || exit
          [ -n "$custom" ] || : > "$folder/dll$base.so"
        fi
        [ -z "$units" ] || exec %2$s -a -o "$name.cma" $units -cclib -l$base $options"""
        .formatted(toolchain.archiver(), Command.quoted(place.resolve("bin/ocamlc").toString()));
  }

  private static void script(Path file, String text) {
    AtomicFiles.write(file, "#!/bin/sh\n" + text + "\n");
    if (!file.toFile().setExecutable(true, false)) {
      throw new MirageException("cannot make " + file + " executable");
    }
  }
}
