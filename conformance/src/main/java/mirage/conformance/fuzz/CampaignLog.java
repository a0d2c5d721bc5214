// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mirage.tools.AtomicFiles;
import mirage.tools.Fingerprint;
import mirage.tools.MirageException;

/**
 * What a campaign has done, in the file {@code campaign.txt} of its folder: a line that says which campaign it is, then one
 * for each batch that is done. Safe with any number of threads.
 */
final class CampaignLog {

  /** What came out of a batch. */
  private record Entry(int programs, int differing) {}

  private final Path folder;
  private final long first;
  private final long programs;
  private final Map<Long, Entry> entries = new TreeMap<>();

  private CampaignLog(Path folder, long first, long programs) {
    this.folder = folder;
    this.first = first;
    this.programs = programs;
  }

  /**
   * Begins a campaign or goes on with it.
   *
   * @param first seed
   * @throws MirageException when the folder holds another campaign, or one with another compiler
   */
  static CampaignLog open(Path folder, long first, long programs) {
    CampaignLog log = new CampaignLog(folder, first, programs);
    String head = "seed %d programs %d tool %s".formatted(first, programs, tool());
    try {
      if (!Files.exists(log.file())) {
        AtomicFiles.write(log.file(), head + "\n");
      }
      List<String> lines = Files.readAllLines(log.file());
      if (!lines.get(0).equals(head)) {
        throw new MirageException(
            "%s: holds another campaign:\n%s\nand not:\n%s\ngo on with that one, remove the folder, or name another"
                .formatted(log.file(), lines.get(0), head));
      }
      lines.stream().skip(1).forEach(log::parse);
      return log;
    } catch (IOException e) {
      throw new MirageException("cannot read " + log.file() + ": " + AtomicFiles.reason(e), e);
    }
  }

  /** All classes of this process: the compiler, the emulator, the generator. */
  private static String tool() {
    Fingerprint.Builder inputs = Fingerprint.builder();
    for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(element);
      if (Files.isDirectory(path)) {
        inputs.tree(path);
      } else if (Files.exists(path)) {
        inputs.file(path);
      }
    }
    return inputs.build().brief();
  }

  /** A line that was not written to its end does not count. */
  private void parse(String line) {
    String[] words = line.split(" ");
    if (words.length == 4 && words[3].equals("done")) {
      entries.put(
          Long.valueOf(words[0]),
          new Entry(Integer.parseInt(words[1]), Integer.parseInt(words[2])));
    }
  }

  private Path file() {
    return folder.resolve("campaign.txt");
  }

  Path folder() {
    return folder;
  }

  long first() {
    return first;
  }

  /** Behind the last seed. */
  long end() {
    return first + programs;
  }

  long programs() {
    return programs;
  }

  /** Notes that a batch is done. */
  synchronized void add(long from, int count, int differing) {
    entries.put(from, new Entry(count, differing));
    try {
      Files.writeString(
          file(), "%d %d %d done\n".formatted(from, count, differing), StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new MirageException("cannot write " + file() + ": " + AtomicFiles.reason(e), e);
    }
  }

  synchronized boolean isDone(long from) {
    return entries.containsKey(from);
  }

  /** Programs done so far. */
  synchronized long done() {
    return entries.values().stream().mapToLong(Entry::programs).sum();
  }

  /** Those of them that differ; one that does so in both comparisons counts twice. */
  synchronized long differing() {
    return entries.values().stream().mapToLong(Entry::differing).sum();
  }

  String summary() {
    return "%d random programs from seed %d: %d differ%s"
        .formatted(done(), first, differing(), differing() > 0 ? "; they are in " + folder : "");
  }
}
