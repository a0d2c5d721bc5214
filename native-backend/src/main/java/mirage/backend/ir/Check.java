// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Checks what every pass must keep: each instruction has the operands, the immediate and the result that its operation's
 * {@link Signature} tells, each variable is defined once, its definition dominates its uses,
 * edges carry as many values as their target has parameters, and calls as many as their function takes.
 */
public final class Check {
  private final Function function;
  private final Cfg cfg;
  private final Map<Var, Block> definedIn = new HashMap<>();
  private final Map<Var, Integer> definedAt = new HashMap<>();

  private final Predicate<Var> given;

  private Check(Function function, Predicate<Var> given) {
    this.function = function;
    this.given = given;
    this.cfg = new Cfg(function);
  }

  /**
   * @throws IllegalStateException naming the function, block and variable that break a rule
   */
  public static void function(Function function) {
    function(function, var -> false);
  }

  /**
   * The same with variables that need no definition.
   *
   * @throws IllegalStateException naming the function, block and variable that break a rule
   */
  public static void function(Function function, Predicate<Var> given) {
    new Check(function, given).run();
  }

  private void run() {
    for (Block block : cfg.reversePostorder()) {
      for (Var param : block.params()) {
        define(param, block, -1);
      }
      for (int i = 0; i < block.body().size(); i++) {
        if (block.body().get(i).dest() != null) {
          define(block.body().get(i).dest(), block, i);
        }
      }
    }
    for (Block block : cfg.reversePostorder()) {
      List<Instr> body = block.body();
      for (int i = 0; i < body.size(); i++) {
        for (Var arg : body.get(i).args()) {
          use(arg, block, i);
        }
        String problem = body.get(i).op().signature().problem(body.get(i));
        require(problem == null, block, body.get(i) + ": " + problem);
        if (body.get(i).op() == Op.CALL) {
          call((Function) body.get(i).imm(), body.get(i).args().length, block);
        }
      }
      if (block.end() instanceof End.TailCall tail && tail.function() != null) {
        call(tail.function(), tail.args().size(), block);
      }
      for (Var used : block.end().uses()) {
        use(used, block, body.size());
      }
      for (Edge edge : block.end().edges()) {
        boolean handler =
            block.end() instanceof End.PushTrap trap && trap.handler() == edge.target();
        require(
            handler || edge.args().length == edge.target().params().size(),
            block,
            "edge " + edge + " for parameters " + edge.target().params());
        for (Var arg : edge.args()) {
          use(arg, block, body.size());
        }
      }
    }
  }

  private void call(Function callee, int args, Block block) {
    int params = callee.entry().params().size();
    require(args == params, block, "%d arguments for %s of %d".formatted(args, callee, params));
  }

  private void define(Var var, Block block, int position) {
    require(definedIn.put(var, block) == null, block, var + " is defined twice");
    definedAt.put(var, position);
  }

  private void use(Var var, Block block, int position) {
    if (given.test(var)) {
      return;
    }
    Block home = definedIn.get(var);
    require(home != null, block, var + " is used but never defined");
    require(
        home == block ? definedAt.get(var) < position : cfg.dominates(home, block),
        block,
        var + " is used where its definition does not reach");
  }

  private void require(boolean condition, Block block, String problem) {
    if (!condition) {
      throw new IllegalStateException(
          "function " + function + ", block " + block + ": " + problem + "\n" + Print.of(function));
    }
  }
}
