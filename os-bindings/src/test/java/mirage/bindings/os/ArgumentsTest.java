// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import mirage.device.testkit.HostProgram;
import mirage.tools.Command;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Boot arguments as MirageOS 3.10 understands them. */
class ArgumentsTest {
  @TempDir static Path folder;
  private static HostProgram program;

  @BeforeAll
  static void compile() {
    program =
        Programs.compile(
            folder, "arguments", "mirage-runtime", "mirage-os", "ipaddr", "logs", "lwt");
  }

  @Test
  void absentOptionsHaveTheirDefaults() {
    assertThat(output("--host=h"))
        .isEqualTo(
            """
            hello=Hello World!
            port=8080
            portal=none
            names=x+y
            big=-1
            color=2
            check=true
            verbose=false
            host=h
            gateway=none
            ipv4=10.0.0.2/24
            dns=none
            levels=info info info
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--hello=Hi | hello=Hi",
        "--hello Hi | hello=Hi",
        "--hello= | hello=",
        "--hello=a=b | hello=a=b",
        "--hell=Hi | hello=Hi",
        "-p 1 | port=1",
        "-p1 | port=1",
        "--port=0x10 | port=16",
        // An exact name wins over a longer one that begins with it.
        "--port=-3 | port=-3",
        "--portal=1.5 | portal=1.5",
        "--names=a,b,c | names=a+b+c",
        "--names= | names=",
        "--big=-9223372036854775808 | big=-9223372036854775808",
        "--color red | color=1",
        "--check=false | check=false",
        "-v | verbose=true",
        "--verbose | verbose=true",
        "--gateway=10.0.0.1 | gateway=10.0.0.1",
        "--ipv4=192.168.1.7/16 | ipv4=192.168.1.7/16",
        "--dns=2001:db8::1 | dns=2001:db8::1",
        "-l debug | levels=debug debug debug",
        "--logs=error,a:debug | levels=error debug error",
        "--logs=a:debug | levels=info debug info",
        "--logs=b:warning,*:debug | levels=debug debug warning"
      })
  void optionsAreUnderstood(String arguments, String expected) {
    assertThat(output(("-H h " + arguments).split(" ")).split("\n")).contains(expected);
  }

  @Test
  void theEnvironmentStandsInForAbsentOptions() {
    Map<String, String> environment = Map.of("MIRAGE_LOGS", "debug");
    assertThat(program.run(environment, "--host=h").output()).contains("levels=debug debug debug");
    assertThat(program.run(environment, "--host=h", "-l", "error").output())
        .contains("levels=error error error");
    Command.Result wrong = program.run(Map.of("MIRAGE_LOGS", "loud"), "--host=h");
    assertThat(wrong.status()).isEqualTo(64);
    assertThat(wrong.errors())
        .contains(
            "environment variable 'MIRAGE_LOGS': invalid value 'loud', expected one of error");
  }

  @Test
  void anUnknownLogSourceIsAWarning() {
    assertThat(output("--host=h", "--logs=zzz:debug"))
        .contains("Warning: zzz is not a valid log source.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--foo | unknown option '--foo'",
        "--foo=1 | unknown option '--foo'",
        "-x | unknown option '-x'",
        "--ho=h --p=1 | option '--p' ambiguous and could be one of: --port, --portal",
        "--hel=1 | option '--hel' ambiguous and could be one of: --help, --hello",
        "--port | option '--port' needs an argument",
        "--port --check=true | option '--port' needs an argument",
        "--port=x | option '--port': invalid value 'x', expected an integer",
        "--check=yes | option '--check': invalid value 'yes', expected either 'true' or 'false'",
        "--color=blue | option '--color': invalid value 'blue', expected one of red, green",
        "--verbose=1 | option '--verbose' is a flag, it cannot take the argument '1'",
        "--port=1 -p 2 | option '--port' cannot be repeated",
        "--gateway=1.2.3 | option '--gateway': invalid value '1.2.3'",
        "stray | too many arguments, don't know what to do with 'stray'",
        "-- --port=1 | too many arguments, don't know what to do with '--port=1'",
        "--port=1 | required option -H or --host is missing",
        "--version | unknown option '--version'"
      })
  void whatIsWrongIsSaid(String arguments, String message) {
    Command.Result result = program.run(arguments.split(" "));
    assertThat(result.status()).isEqualTo(64);
    assertThat(result.output()).isEmpty();
    assertThat(result.errors()).contains("program: " + message);
  }

  @Test
  void allProblemsAreReportedAtOnce() {
    assertThat(program.run("--foo", "--port=x", "y").errors())
        .isEqualTo(
            """
            program: unknown option '--foo'.
            program: option '--port': invalid value 'x', expected an integer.
            program: too many arguments, don't know what to do with 'y'.
            program: required option -H or --host is missing.
            Try '--help' for more information.
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--help=plain", "--help=pager --port=x", "--foo --help"})
  void helpListsTheKeys(String arguments) {
    Command.Result result = program.run(arguments.split(" "));
    assertThat(result.status()).isEqualTo(63);
    assertThat(result.output())
        .contains(
            "NAME\n       program\n",
            "APPLICATION OPTIONS\n       --hello=VAL (absent=Hello World!)\n           How to say hello.\n",
            "       -p PORT, --port=PORT (absent=8080)\n",
            "       -v, --verbose\n",
            "       --names=VAL (absent=x,y)\n",
            "MIRAGE PARAMETERS\n       -l VAL, --logs=VAL (env MIRAGE_LOGS)\n");
  }

  private static String output(String... arguments) {
    Command.Result result = program.run(arguments);
    assertThat(result.status()).as(result.errors()).isZero();
    return result.output();
  }
}
