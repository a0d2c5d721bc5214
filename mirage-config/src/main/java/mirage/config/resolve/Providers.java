// SPDX-License-Identifier: Apache-2.0
package mirage.config.resolve;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.zip.ZipFile;
import mirage.config.graph.Problem;
import mirage.device.DeviceProvider;

/** Finds device providers: the tool's own class path, and jars a unikernel names. */
public final class Providers {
  private Providers() {}

  /** A jar that config.ml names, with the jars it needs itself. */
  public record NamedJar(String coordinates, Path file, List<Path> needs) {}

  /**
   * Loads all providers.
   *
   * @param own the tool's class loader
   * @param jars the jars the unikernel names
   * @throws UserProblems naming every jar that does not load
   */
  public static Catalog load(ClassLoader own, List<NamedJar> jars) {
    List<Problem> problems = new ArrayList<>();
    List<Offer<DeviceProvider>> providers = new ArrayList<>(own(own, problems));
    if (!jars.isEmpty()) {
      jars.forEach(jar -> check(jar, problems));
      UserProblems.report(problems);
      // One loader for all of them; it lives as long as the process, as the providers do.
      URLClassLoader loader = new URLClassLoader(urls(jars), own);
      for (NamedJar jar : jars) {
        providers.addAll(named(loader, jar, problems));
      }
    }
    UserProblems.report(problems);
    Catalog catalog = Catalog.of(providers);
    UserProblems.report(catalog.clashes());
    return catalog;
  }

  private static List<Offer<DeviceProvider>> own(ClassLoader loader, List<Problem> problems) {
    List<Offer<DeviceProvider>> found = new ArrayList<>();
    each(
        loader,
        "the tool's class path",
        problems,
        provider -> found.add(new Offer<>(provider, file(origin(provider)), false)));
    return found;
  }

  private static List<Offer<DeviceProvider>> named(
      ClassLoader loader, NamedJar jar, List<Problem> problems) {
    List<Offer<DeviceProvider>> found = new ArrayList<>();
    Path file = jar.file().toAbsolutePath();
    each(
        loader,
        "jar " + jar.coordinates() + " (" + jar.file() + ")",
        problems,
        provider -> {
          if (origin(provider).toAbsolutePath().equals(file)) {
            found.add(new Offer<>(provider, jar.coordinates(), true));
          }
        });
    if (found.isEmpty() && problems.isEmpty()) {
      problems.add(
          new Problem(
              "jar %s (%s) offers nothing: META-INF/services/%s in it names no provider"
                  .formatted(jar.coordinates(), jar.file(), DeviceProvider.class.getName()),
              ""));
    }
    return found;
  }

  private static void each(
      ClassLoader loader, String place, List<Problem> problems, Consumer<DeviceProvider> use) {
    Iterator<DeviceProvider> providers =
        ServiceLoader.load(DeviceProvider.class, loader).iterator();
    try {
      while (providers.hasNext()) {
        DeviceProvider provider = providers.next();
        // Asked here, where a failure can still be blamed on the jar.
        provider.kinds();
        provider.libraries();
        provider.implementations();
        use.accept(provider);
      }
    } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      problems.add(new Problem(place + " does not load: " + reason, ""));
    }
  }

  private static void check(NamedJar jar, List<Problem> problems) {
    try (ZipFile zip = new ZipFile(jar.file().toFile())) {
      zip.size();
    } catch (IOException e) {
      problems.add(
          new Problem(
              "jar %s (%s) does not load: %s"
                  .formatted(jar.coordinates(), jar.file(), e.getMessage()),
              ""));
    }
  }

  private static URL[] urls(List<NamedJar> jars) {
    List<URL> urls = new ArrayList<>();
    try {
      for (NamedJar jar : jars) {
        urls.add(jar.file().toUri().toURL());
        for (Path needed : jar.needs()) {
          urls.add(needed.toUri().toURL());
        }
      }
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
    return urls.toArray(URL[]::new);
  }

  private static Path origin(DeviceProvider provider) {
    try {
      return Path.of(
          provider.getClass().getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code console-0.1.jar}; of a class directory, its module's folder. */
  private static String file(Path origin) {
    return origin.endsWith("target/classes")
        ? origin.getParent().getParent().getFileName().toString()
        : origin.getFileName().toString();
  }
}
