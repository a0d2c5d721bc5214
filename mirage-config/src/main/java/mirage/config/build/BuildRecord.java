// SPDX-License-Identifier: Apache-2.0
package mirage.config.build;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mirage.config.maven.JarFinder;
import mirage.config.project.Json;
import mirage.config.project.Manifest;
import mirage.config.project.Unikernel;
import mirage.opam.sysroot.Installed;
import mirage.tools.AtomicFiles;
import mirage.tools.BuildCache;
import mirage.tools.Fingerprint;
import mirage.tools.MirageException;
import mirage.tools.Tools;

/**
 * What the last build was made from and made.
 *
 * @param fingerprint of all inputs known before a build
 * @param inputs further files and folders that device generators read
 * @param inputsFingerprint of their content
 * @param results file or folder in dist/ to its stamp
 */
public record BuildRecord(
    String fingerprint, List<Path> inputs, String inputsFingerprint, Map<Path, String> results) {
  /** Holds never, lists nothing. */
  public static final BuildRecord NONE = new BuildRecord("", List.of(), "", Map.of());

  private static final List<String> TOOLS = List.of("ocamlc", "ocamlfind", "xtensa-lx106-elf-gcc");

  /** Changes with every installed, upgraded or removed package. */
  private static final Path PACKAGES = Path.of("/var/lib/dpkg/status");

  /** A record of a finished build. */
  static BuildRecord of(String fingerprint, List<Path> inputs, List<Path> results) {
    Map<Path, String> stamps = new LinkedHashMap<>();
    results.forEach(file -> stamps.put(file, stamp(file)));
    return new BuildRecord(fingerprint, inputs, content(inputs), stamps);
  }

  /** The fingerprint of all inputs known before a build. */
  public static String fingerprint(Unikernel unikernel, String tool, BuildCache cache) {
    Fingerprint.Builder inputs = Fingerprint.builder().text(tool);
    unikernel.userSources().forEach(file -> inputs.text(file.toString()).file(file));
    for (String name :
        List.of("main.ml", "key_gen.ml", "info_gen.ml", "device_check.ml", "manifest.json")) {
      Path file = unikernel.generated().resolve(name);
      if (Files.isRegularFile(file)) {
        inputs.file(file);
      }
    }
    new JarFinder(cache)
        .find(Manifest.read(unikernel.manifest()).jars())
        .forEach(jar -> inputs.stamp(jar.file()));
    Installed.user(cache)
        .packages()
        .values()
        .forEach(used -> inputs.text(used.name()).text(used.entry().toString()));
    TOOLS.stream().map(Tools::find).forEach(found -> found.ifPresent(inputs::stamp));
    if (Files.isReadable(PACKAGES)) {
      inputs.stamp(PACKAGES);
    }
    return inputs.build().hex();
  }

  /** Whether a build now would make what is there already. */
  public boolean holds(String now) {
    return fingerprint.equals(now)
        && results.entrySet().stream()
            .allMatch(
                entry ->
                    Files.exists(entry.getKey()) && stamp(entry.getKey()).equals(entry.getValue()))
        && inputs.stream().allMatch(Files::exists)
        && content(inputs).equals(inputsFingerprint);
  }

  void write(Unikernel unikernel) {
    ObjectNode json = Json.generated("mirage build").put("fingerprint", fingerprint);
    inputs.forEach(
        input -> json.withArray("inputs").add(named(unikernel.sources(), input).toString()));
    json.put("inputs_fingerprint", inputsFingerprint);
    ObjectNode made = json.putObject("results");
    results.forEach((file, stamp) -> made.put(named(unikernel.dist(), file).toString(), stamp));
    AtomicFiles.write(unikernel.buildRecord(), Json.text(json));
  }

  /** From the folder if it is below it, so that the unikernel's folder can be copied and moved. */
  private static Path named(Path folder, Path file) {
    return file.startsWith(folder) ? folder.relativize(file) : file;
  }

  /** The record of the last build; {@link #NONE} when there is none, or when it is damaged: it only saves work. */
  public static BuildRecord read(Unikernel unikernel) {
    if (!Files.isRegularFile(unikernel.buildRecord())) {
      return NONE;
    }
    try {
      return read(unikernel, Json.read(unikernel.buildRecord()));
    } catch (MirageException e) {
      return NONE;
    }
  }

  private static BuildRecord read(Unikernel unikernel, JsonNode json) {
    List<Path> inputs = new ArrayList<>();
    json.path("inputs").forEach(input -> inputs.add(unikernel.sources().resolve(input.asText())));
    Map<Path, String> results = new LinkedHashMap<>();
    json.path("results")
        .fields()
        .forEachRemaining(
            field ->
                results.put(
                    unikernel.dist().resolve(field.getKey()).normalize(),
                    field.getValue().asText()));
    // Whatever the record says, nothing that is not ours is compared, replaced or deleted.
    results.keySet().removeIf(file -> !file.startsWith(unikernel.dist()));
    return new BuildRecord(
        json.path("fingerprint").asText(),
        inputs,
        json.path("inputs_fingerprint").asText(),
        results);
  }

  private static String content(List<Path> inputs) {
    Fingerprint.Builder content = Fingerprint.builder();
    for (Path input : inputs) {
      content.text(input.toString());
      if (Files.isDirectory(input)) {
        content.tree(input);
      } else if (Files.isRegularFile(input)) {
        content.file(input);
      }
    }
    return content.build().hex();
  }

  /** A folder holds what runs of the program change, so only its being there counts. */
  private static String stamp(Path path) {
    File file = path.toFile();
    if (file.isDirectory()) {
      return "folder";
    }
    if (!file.isFile()) {
      throw new MirageException("cannot read " + path);
    }
    return file.length() + " " + file.lastModified();
  }
}
