// SPDX-License-Identifier: Apache-2.0
package mirage.config.dsl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mirage.config.graph.ConfigProgram;
import mirage.tools.AtomicFiles;
import mirage.tools.Command;
import mirage.tools.MirageException;
import mirage.tools.TemporaryFolder;

/**
 * A config.ml as a bytecode program. It runs in the folder of config.ml; what it prints itself goes to the
 * tool's own standard output and error.
 *
 * @param program the bytecode
 * @param configMl what it was compiled from
 */
record CompiledConfig(Path program, Path configMl) implements ConfigProgram {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Override
  public JsonNode ask(JsonNode request) {
    try (TemporaryFolder exchange = TemporaryFolder.of("config")) {
      return ask(request, exchange.file("request.json"), exchange.file("answer.json"));
    } catch (IOException e) {
      throw new MirageException("cannot talk to " + configMl + ": " + AtomicFiles.reason(e), e);
    }
  }

  private JsonNode ask(JsonNode request, Path question, Path answer) throws IOException {
    MAPPER.writeValue(question.toFile(), request);
    Command.Result result =
        Command.of("ocamlrun", program.toString(), question.toString(), answer.toString())
            .in(configMl.getParent())
            .execute();
    System.out.print(result.output());
    System.err.print(result.errors());
    if (!Files.isRegularFile(answer)) {
      throw new MirageException(
          "%s: its evaluation ended with status %d and no result"
              .formatted(configMl, result.status()));
    }
    // A string of config.ml is any bytes.
    return MAPPER.readTree(AtomicFiles.text(answer));
  }
}
