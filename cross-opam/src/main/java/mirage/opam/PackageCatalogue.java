// SPDX-License-Identifier: Apache-2.0
package mirage.opam;

import java.util.List;

/** What the opam packages a unikernel declares mean here. */
public final class PackageCatalogue {
  /**
   * Libraries that unikernels use without declaring them, because MirageOS 3.10 always brought them.
   * They cost nothing unless used: only modules that are referenced are linked.
   */
  public static final List<String> ALWAYS =
      List.of(
          "lwt",
          "logs",
          "logs.lwt",
          "logs.fmt",
          "fmt",
          "cstruct",
          "ipaddr",
          "macaddr",
          "ptime",
          "duration",
          "cmdliner",
          "astring",
          "functoria-runtime",
          "mirage-runtime",
          "mirage-os",
          "mirage-device",
          "mirage-time",
          "mirage-clock",
          "mirage-random",
          "mirage-flow",
          "mirage-console",
          "mirage-kv",
          "mirage-block",
          "mirage-net",
          "mirage-fs",
          "mirage-protocols",
          "mirage-stack",
          "mirage-types",
          "mirage-types-lwt",
          "mirage-logs");

  private PackageCatalogue() {}
}
