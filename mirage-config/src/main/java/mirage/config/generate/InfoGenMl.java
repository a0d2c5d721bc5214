// SPDX-License-Identifier: Apache-2.0
package mirage.config.generate;

import mirage.config.resolve.Application;

/** The module that tells the program its own name, libraries and package versions. */
public final class InfoGenMl {
  private InfoGenMl() {}

  /** The text of info_gen.ml. */
  public static String text(Application application, String command) {
    return Marker.ocaml(command)
        + """
        let info = Functoria_info.{
          name = %s;
          libraries = %s;
          packages = %s;
        }
        """
            .formatted(
                Ocaml.string(application.name()),
                Ocaml.list(application.libraries().stream().map(Ocaml::string).toList()),
                Ocaml.list(
                    application.packages().stream()
                        .map(p -> Ocaml.string(p.opam()) + ", " + Ocaml.string(p.version()))
                        .toList()));
  }
}
