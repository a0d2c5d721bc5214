// SPDX-License-Identifier: Apache-2.0
package mirage.tools;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A host program to run; it ends with this process at the latest. Immutable: each method answers a changed copy.
 *
 * @param program name looked for along {@code PATH}, or a path
 * @param arguments its arguments
 * @param directory where it runs; empty: where the tool runs
 * @param environment variables added to the tool's own
 * @param input what it reads from standard input; empty: nothing
 * @param timeout how long it may take; empty: for ever
 */
public record Command(
    String program,
    List<String> arguments,
    Optional<Path> directory,
    Map<String, String> environment,
    byte[] input,
    Optional<Duration> timeout) {

  /**
   * What a program left behind.
   *
   * @param status exit status
   * @param output standard output
   * @param errors standard error
   */
  public record Result(int status, String output, String errors) {
    public boolean succeeded() {
      return status == 0;
    }

    /** What a person wants to see after a failure: standard error, else standard output. */
    public String message() {
      return (errors.isBlank() ? output : errors).stripTrailing();
    }
  }

  public static Command of(String program, String... arguments) {
    return new Command(
        program, List.of(arguments), Optional.empty(), Map.of(), new byte[0], Optional.empty());
  }

  /** With these arguments behind those it has. */
  public Command with(String... more) {
    return with(List.of(more));
  }

  /** With these arguments behind those it has. */
  public Command with(List<String> more) {
    List<String> all = Stream.concat(arguments.stream(), more.stream()).toList();
    return new Command(program, all, directory, environment, input, timeout);
  }

  /** Running in this directory. */
  public Command in(Path folder) {
    return new Command(program, arguments, Optional.of(folder), environment, input, timeout);
  }

  /** With one more environment variable. */
  public Command environment(String name, String value) {
    Map<String, String> all = new TreeMap<>(environment);
    all.put(name, value);
    return new Command(program, arguments, directory, Map.copyOf(all), input, timeout);
  }

  /** Reading this text (UTF-8) from standard input. */
  public Command input(String text) {
    return input(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Reading these bytes from standard input. */
  public Command input(byte[] bytes) {
    return new Command(program, arguments, directory, environment, bytes.clone(), timeout);
  }

  /** Killed, with its children, after this time. */
  public Command timeout(Duration limit) {
    return new Command(program, arguments, directory, environment, input, Optional.of(limit));
  }

  /**
   * Runs it and captures what it prints.
   *
   * @throws MirageException when it cannot be run, takes too long, or exits with another status
   *     than 0; the message then holds what the program said
   */
  public Result run() {
    Result result = execute();
    if (!result.succeeded()) {
      throw new MirageException(
          "%s failed with status %d:\n%s\ncommand: %s"
              .formatted(name(), result.status(), result.message(), line()));
    }
    return result;
  }

  /**
   * Runs it, captures what it prints, and leaves the judgement of its exit status to the caller.
   *
   * @throws MirageException when it cannot be run or takes too long
   */
  public Result execute() {
    Process process = start(streams -> streams);
    try {
      CompletableFuture<String> output = reader(process.getInputStream());
      CompletableFuture<String> errors = reader(process.getErrorStream());
      feed(process);
      await(process);
      return new Result(process.exitValue(), output.get(), errors.get());
    } catch (InterruptedException e) {
      throw interrupted(process);
    } catch (ExecutionException e) {
      throw new MirageException(name() + ": its output cannot be read: " + e.getCause(), e);
    }
  }

  /**
   * Runs it, and passes on each line it prints, on standard output or error, as it comes.
   *
   * @return its exit status
   * @throws MirageException when it cannot be run
   */
  public int follow(Consumer<String> lines) {
    Process process = start(streams -> streams.redirectErrorStream(true));
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      feed(process);
      reader.lines().forEach(lines);
      await(process);
      return process.exitValue();
    } catch (InterruptedException e) {
      throw interrupted(process);
    } catch (IOException e) {
      throw new MirageException(name() + ": its output cannot be read: " + e.getMessage(), e);
    } finally {
      kill(process);
    }
  }

  /**
   * Runs it on the tool's own terminal: it reads, prints and draws there. {@link #input} is not
   * used.
   *
   * @return its exit status
   * @throws MirageException when it cannot be run or takes too long
   */
  public int interact() {
    Process process = start(ProcessBuilder::inheritIO);
    try {
      await(process);
      return process.exitValue();
    } catch (InterruptedException e) {
      throw interrupted(process);
    }
  }

  /** The command as a line for a POSIX shell. */
  public String line() {
    return Stream.concat(Stream.of(program), arguments.stream())
        .map(Command::quoted)
        .collect(Collectors.joining(" "));
  }

  /** A relative file name as an argument that no program takes for an option. */
  public static String operand(String file) {
    return file.startsWith("-") ? "./" + file : file;
  }

  /** A word as a POSIX shell takes it for one. */
  public static String quoted(String word) {
    return word.matches("[A-Za-z0-9_@%+=:,./^-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private String name() {
    return Path.of(program).getFileName().toString();
  }

  private Process start(UnaryOperator<ProcessBuilder> streams) {
    List<String> words = new ArrayList<>(List.of(program));
    words.addAll(arguments);
    ProcessBuilder builder = streams.apply(new ProcessBuilder(words));
    directory.ifPresent(folder -> builder.directory(folder.toFile()));
    builder.environment().putAll(environment);
    try {
      return Shutdown.begin(builder::start);
    } catch (IOException e) {
      if (directory.isPresent() && !Files.isDirectory(directory.get())) {
        throw new MirageException(name() + ": no such directory: " + directory.get(), e);
      }
      throw Tools.find(program).isEmpty()
          ? Tools.missing(program)
          : new MirageException(name() + ": cannot be run: " + e.getMessage(), e);
    }
  }

  private static CompletableFuture<String> reader(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        task -> {
          Thread thread = new Thread(task, "command-output");
          thread.setDaemon(true);
          thread.start();
        });
  }

  private void feed(Process process) {
    try (OutputStream stream = process.getOutputStream()) {
      stream.write(input);
    } catch (IOException e) {
      // The program ended without reading all of it; its exit status tells whether that matters.
    }
  }

  private void await(Process process) throws InterruptedException {
    if (timeout.isEmpty()) {
      process.waitFor();
    } else if (!process.waitFor(timeout.get().toMillis(), TimeUnit.MILLISECONDS)) {
      kill(process);
      throw new MirageException(
          "%s: still running after %s s, stopped\ncommand: %s"
              .formatted(name(), timeout.get().toMillis() / 1000.0, line()));
    }
    Shutdown.pass();
  }

  private static MirageException interrupted(Process process) {
    kill(process);
    Thread.currentThread().interrupt();
    return new MirageException("interrupted");
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
