// SPDX-License-Identifier: Apache-2.0
package mirage.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildCacheTest {
  private static final Fingerprint INPUTS = Fingerprint.builder().text("v1").build();

  @TempDir Path root;

  /** Run as another process by the test of concurrent processes. */
  public static void main(String[] arguments) {
    new BuildCache(Path.of(arguments[0]))
        .get(
            "slow",
            INPUTS,
            directory -> {
              Files.writeString(
                  Path.of(arguments[0]).resolve("built-" + ProcessHandle.current().pid()), "");
              Files.writeString(directory.resolve("half"), "");
              pause(300);
              Files.writeString(directory.resolve("whole"), "");
            });
  }

  @Test
  void buildsOnceForEachSetOfInputs() {
    BuildCache cache = new BuildCache(root);
    AtomicInteger builds = new AtomicInteger();
    BuildCache.Builder build =
        directory -> {
          builds.incrementAndGet();
          Files.writeString(directory.resolve("file"), "x");
        };
    Path entry = cache.get("thing", INPUTS, build);
    assertThat(entry).isEqualTo(cache.place("thing", INPUTS));
    assertThat(entry.resolve("file")).hasContent("x");
    assertThat(cache.get("thing", INPUTS, build)).isEqualTo(entry);
    assertThat(builds).hasValue(1);
    cache.get("thing", Fingerprint.builder().text("v2").build(), build);
    assertThat(builds).hasValue(2);
  }

  @Test
  void aFailedBuildLeavesNothingAndMayBeTriedAgain() {
    BuildCache cache = new BuildCache(root);
    BuildCache.Builder failing =
        directory -> {
          Files.writeString(directory.resolve("half"), "x");
          throw new MirageException("a.ml does not compile");
        };
    assertThatThrownBy(() -> cache.get("thing", INPUTS, failing))
        .isInstanceOf(MirageException.class)
        .hasMessage("a.ml does not compile");
    assertThat(cache.place("thing", INPUTS)).doesNotExist();
    assertThat(root.resolve(".building")).isEmptyDirectory();
    assertThat(cache.get("thing", INPUTS, directory -> {})).isEmptyDirectory();
  }

  @Test
  void anEntryWithFilesThatAreGoneOrCutIsBuiltAgain() throws Exception {
    BuildCache cache = new BuildCache(root);
    BuildCache.Builder build =
        directory -> {
          Files.createDirectories(directory.resolve("inner folder"));
          Files.writeString(directory.resolve("inner folder/file"), "content");
          Files.writeString(directory.resolve("other"), "x");
        };
    Path file = cache.get("thing", INPUTS, build).resolve("inner folder/file");
    Files.writeString(file, "cut");
    assertThat(cache.get("thing", INPUTS, build).resolve("inner folder/file"))
        .hasContent("content");
    AtomicFiles.delete(file.getParent());
    assertThat(cache.get("thing", INPUTS, build).resolve("inner folder/file"))
        .hasContent("content");
    Files.writeString(file.resolveSibling("more"), "not of the entry");
    assertThat(cache.get("thing", INPUTS, directory -> {}).resolve("other")).hasContent("x");
  }

  @Test
  void whatAKilledProcessLeftIsNotMistakenForAnEntry() throws Exception {
    BuildCache cache = new BuildCache(root);
    Path left =
        root.resolve(".building").resolve(cache.place("thing", INPUTS).getFileName().toString());
    Files.createDirectories(left);
    Files.writeString(left.resolve("half"), "x");
    assertThat(cache.get("thing", INPUTS, directory -> {})).isEmptyDirectory();
  }

  @Test
  void oneOfManyThreadsBuilds() throws Exception {
    AtomicInteger builds = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Path>> entries = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        BuildCache cache = new BuildCache(root);
        entries.add(
            threads.submit(
                () ->
                    cache.get(
                        "thing",
                        INPUTS,
                        directory -> {
                          builds.incrementAndGet();
                          pause(50);
                          Files.writeString(directory.resolve("whole"), "");
                        })));
      }
      for (Future<Path> entry : entries) {
        assertThat(entry.get().resolve("whole")).exists();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(builds).hasValue(1);
  }

  @Test
  void oneOfManyProcessesBuilds() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  getClass().getName(),
                  root.toString())
              .inheritIO()
              .start());
    }
    for (Process process : processes) {
      assertThat(process.waitFor()).isZero();
    }
    try (var files = Files.list(root)) {
      assertThat(files.filter(file -> file.getFileName().toString().startsWith("built-")))
          .hasSize(1);
    }
    assertThat(new BuildCache(root).place("slow", INPUTS).resolve("whole")).exists();
  }

  @Test
  void saysWhyTheCacheCannotBeWritten() throws Exception {
    Path file = Files.writeString(root.resolve("file"), "");
    assertThatThrownBy(() -> new BuildCache(file.resolve("x")).get("thing", INPUTS, d -> {}))
        .isInstanceOf(MirageException.class)
        .hasMessageStartingWith(file.resolve("x") + ": cannot build thing: ")
        .hasMessageContaining("MIRAGE_CACHE");
    assertThatThrownBy(
            () ->
                new BuildCache(root)
                    .get(
                        "thing",
                        INPUTS,
                        directory -> {
                          throw new IOException("No space left on device");
                        }))
        .hasMessageContaining("cannot build thing: No space left on device");
  }

  @Test
  void followsTheEnvironment() {
    assertThat(BuildCache.of(Map.of("MIRAGE_CACHE", "/m", "XDG_CACHE_HOME", "/x")).root())
        .isEqualTo(Path.of("/m"));
    assertThat(BuildCache.of(Map.of("XDG_CACHE_HOME", "/x", "HOME", "/h")).root())
        .isEqualTo(Path.of("/x/mirage-esp32"));
    assertThat(BuildCache.of(Map.of("HOME", "/h")).root())
        .isEqualTo(Path.of("/h/.cache/mirage-esp32"));
  }

  @Test
  void aDirectoryIsLockedForOneThreadAtATime() throws Exception {
    BuildCache cache = new BuildCache(root);
    AtomicInteger inside = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    List<Future<Integer>> most = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      most.add(
          threads.submit(
              () -> {
                try (BuildCache.Lock lock = cache.lock(root.resolve("unikernel"))) {
                  assertThat(lock).isNotNull();
                  int now = inside.incrementAndGet();
                  pause(20);
                  inside.decrementAndGet();
                  return now;
                }
              }));
    }
    for (Future<Integer> count : most) {
      assertThat(count.get()).isEqualTo(1);
    }
    threads.shutdown();
  }

  private static void pause(int milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
