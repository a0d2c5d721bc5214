// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.net;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mirage.emulator.accesspoint.Settings;
import mirage.emulator.net.NetworkOptions.Kind;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** The options that say what the chip's Ethernet cable and radio lead to: a mixin or a group of a command's options. */
public final class NetworkArguments {
  @Option(
      names = "--net",
      paramLabel = "user|tap:NAME|none",
      converter = KindConverter.class,
      description =
          "What the Ethernet cables and the access point lead to: the host's network by the program passt, a"
              + " TAP device, or nothing (none, unless a port is published).")
  private Kind kind;

  @Option(
      names = "--publish",
      paramLabel = Publication.FORM,
      converter = PublicationConverter.class,
      description =
          "Let port HOST of this machine lead to port GUEST of the chip, of several boards that of BOARD; may be repeated.")
  private List<Publication> published = new ArrayList<>();

  @Option(
      names = "--pcap",
      paramLabel = "FILE",
      description =
          "Record all frames on the Ethernet cable in FILE; with --ssid those on the air.")
  private Path capture;

  @Option(
      names = "--ssid",
      paramLabel = "NAME",
      description =
          "The network of the simulated access point, 1 to 32 bytes (default: an open network, mirage).")
  private String ssid;

  @Option(
      names = "--passphrase",
      paramLabel = "TEXT",
      description = "Its passphrase for WPA2, 8 to 63 characters; without one it is open.")
  private String passphrase;

  /** What was asked for; {@code line} is where a contradiction in it is reported as wrong usage. */
  public NetworkOptions options(CommandLine line) {
    try {
      Kind wanted = kind != null ? kind : published.isEmpty() ? Kind.NONE : Kind.USER;
      return new NetworkOptions(
          wanted, List.copyOf(published), Optional.ofNullable(capture), accessPoint());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(line, e.getMessage());
    }
  }

  /** Checks that ports are published of boards that are there; {@code line} is where a mistake is reported as wrong usage. */
  public static void checkBoards(CommandLine line, NetworkOptions network, List<String> boards) {
    try {
      network.checkBoards(boards);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(line, e.getMessage());
    }
  }

  private Optional<Settings> accessPoint() {
    if (ssid == null && passphrase != null) {
      throw new IllegalArgumentException(
          "--passphrase is that of a network; give it a name: --ssid");
    }
    return Optional.ofNullable(ssid)
        .map(name -> Settings.of(name, Optional.ofNullable(passphrase)));
  }

  /** Reads {@code --net}. */
  static final class KindConverter implements ITypeConverter<Kind> {
    private static final String TAP = "tap:";

    @Override
    public Kind convert(String text) {
      if (text.startsWith(TAP) && text.length() > TAP.length()) {
        return Kind.tap(text.substring(TAP.length()));
      }
      return switch (text) {
        case "none" -> Kind.NONE;
        case "user" -> Kind.USER;
        default ->
            throw new TypeConversionException(
                "'%s' is no network; there are user (the host's), tap:NAME (a TAP device) and none"
                    .formatted(text));
      };
    }
  }

  /** Reads {@code --publish}. */
  static final class PublicationConverter implements ITypeConverter<Publication> {
    @Override
    public Publication convert(String text) {
      try {
        return Publication.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
