// SPDX-License-Identifier: Apache-2.0
package mirage.opam;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import mirage.tools.Command;
import mirage.tools.Tools;

/** Which Debian package installs an OCaml library, and in which version. */
final class DebianPackages {
  /** Libraries packaged under their own name: {@code lib<name>-ocaml-dev}. */
  private static final Set<String> REGULAR =
      Set.of(
          "alcotest",
          "angstrom",
          "asn1-combinators",
          "astring",
          "base64",
          "bigarray-compat",
          "bigstringaf",
          "bos",
          "ca-certs",
          "cmdliner",
          "cohttp",
          "conduit",
          "csexp",
          "cstruct",
          "domain-name",
          "duration",
          "eqaf",
          "fmt",
          "fpath",
          "gmap",
          "hex",
          "hmap",
          "ipaddr",
          "jsonm",
          "logs",
          "lwt",
          "lwt-log",
          "magic-mime",
          "mirage-crypto",
          "mtime",
          "num",
          "ocplib-endian",
          "parsexp",
          "pbkdf",
          "ppx_sexp_conv",
          "ppxlib",
          "ptime",
          "re",
          "react",
          "result",
          "rresult",
          "seq",
          "sexplib",
          "sexplib0",
          "stdlib-shims",
          "stringext",
          "uri",
          "uucp",
          "uuidm",
          "uutf",
          "x509",
          "xmlm",
          "yojson",
          "zarith");

  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("cohttp-lwt", "libcohttp-ocaml-dev"),
          Map.entry("conduit-lwt", "libconduit-ocaml-dev"),
          Map.entry("cstruct-lwt", "libcstruct-ocaml-dev"),
          Map.entry("cstruct-sexp", "libcstruct-ocaml-dev"),
          Map.entry("ipaddr-cstruct", "libipaddr-ocaml-dev"),
          Map.entry("ipaddr-sexp", "libipaddr-ocaml-dev"),
          Map.entry("lwt_ppx", "liblwt-ocaml-dev"),
          Map.entry("lwt_react", "liblwt-ocaml-dev"),
          Map.entry("macaddr", "libipaddr-ocaml-dev"),
          Map.entry("mirage-crypto-ec", "libmirage-crypto-ocaml-dev"),
          Map.entry("mirage-crypto-pk", "libmirage-crypto-ocaml-dev"),
          Map.entry("mirage-crypto-rng", "libmirage-crypto-ocaml-dev"),
          Map.entry("ppx_cstruct", "libcstruct-ocaml-dev"));

  private DebianPackages() {}

  /** The Debian package of a findlib library, where the table knows one. */
  static Optional<String> of(String library) {
    String name = library.replaceFirst("\\..*", "");
    return REGULAR.contains(name)
        ? Optional.of("lib" + name.replace('_', '-') + "-ocaml-dev")
        : Optional.ofNullable(OTHERS.get(name));
  }

  /** The names the table knows. */
  static Set<String> names() {
    Set<String> names = new TreeSet<>(REGULAR);
    names.addAll(OTHERS.keySet());
    return names;
  }

  /** The version of the Debian package that installed a file, as upstream numbers it. */
  static Optional<String> version(Path file) {
    if (Tools.find("dpkg-query").isEmpty()) {
      return Optional.empty();
    }
    Command.Result owner = Command.of("dpkg-query", "-S", file.toString()).execute();
    if (!owner.succeeded() || !owner.output().contains(":")) {
      return Optional.empty();
    }
    String name = owner.output().substring(0, owner.output().lastIndexOf(": "));
    Command.Result version =
        Command.of("dpkg-query", "-W", "-f", "${source:Upstream-Version}", name).execute();
    return Optional.of(version.output().replaceFirst("[+~](dfsg|ds|repack).*", ""))
        .filter(text -> version.succeeded() && !text.isBlank());
  }

  /** What to tell a user whose program needs a library that is nowhere. */
  static String missingLibrary(String library) {
    return "OCaml library "
        + library
        + ": not installed"
        + of(library)
            .map(
                debian ->
                    "; it is in the Debian package " + debian + " (apt-get install " + debian + ")")
            .orElse(", and no jar on the class path offers it");
  }
}
