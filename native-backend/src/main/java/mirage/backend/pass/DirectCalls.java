// SPDX-License-Identifier: Apache-2.0
package mirage.backend.pass;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mirage.backend.ir.Block;
import mirage.backend.ir.End;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Pass;
import mirage.backend.ir.Program;
import mirage.backend.ir.Type;
import mirage.backend.ir.Var;

/**
 * Turns applications of known functions into direct calls: with exactly the function's arguments, with the
 * closure added when the function needs it. What is left of an over-application is applied to the result. A known
 * function that gets its arguments one after the other, as a functor of several modules does, is called once with all of them.
 */
public final class DirectCalls implements Pass {
  @Override
  public String name() {
    return "direct";
  }

  @Override
  public void run(Program program) {
    KnownValues known = new KnownValues(program);
    for (Function function : program.functions()) {
      Rewriting rewriting = new Rewriting(known, function, new HashMap<>());
      known.order(function).forEach(rewriting::rewrite);
    }
  }

  /**
   * What is done in one function.
   *
   * @param partial operands of the applications that give a known function fewer arguments than it has, by their result
   */
  private record Rewriting(KnownValues known, Function function, Map<Var, Var[]> partial) {
    private void rewrite(Block block) {
      List<Instr> body = new ArrayList<>();
      for (Instr instr : block.body()) {
        if (instr.op() == Op.APPLY) {
          body.addAll(direct(instr));
        } else if (instr.op() != Op.INT
            && instr.dest() != null
            && instr.op().effect() != Op.Effect.WRITE
            && known.of(instr.dest()) instanceof Known.Int number) {
          body.add(Instr.of(Op.INT, instr.dest(), number.value(), instr.pc()));
        } else {
          body.add(instr);
        }
      }
      if (block.end() instanceof End.TailCall tail && tail.function() == null) {
        body.addAll(direct(block, tail));
      }
      jump(block);
      block.body().clear();
      block.body().addAll(body);
    }

    private List<Instr> direct(Instr apply) {
      Var[] args = whole(apply.args());
      Function callee = callee(args);
      if (callee == null) {
        return List.of(apply);
      }
      int missing = callee.arity() - (args.length - 1);
      if (missing > 0) {
        partial.put(apply.dest(), args);
        return List.of(apply);
      }
      if (missing == 0) {
        return List.of(call(callee, apply.dest(), args, apply.pc()));
      }
      Var first = function.newVar(Type.VALUE);
      return List.of(
          call(callee, first, args, apply.pc()), apply.withArgs(rest(callee, first, args)));
    }

    private List<Instr> direct(Block block, End.TailCall tail) {
      Var[] args = whole(tail.args().toArray(Var[]::new));
      Function callee = callee(args);
      int missing = callee == null ? 1 : callee.arity() - (args.length - 1);
      if (missing > 0) {
        return List.of();
      }
      if (missing == 0) {
        block.setEnd(new End.TailCall(callee, List.of(exact(callee, args)), tail.pc()));
        return List.of();
      }
      Var first = function.newVar(Type.VALUE);
      block.setEnd(new End.TailCall(null, List.of(rest(callee, first, args)), tail.pc()));
      return List.of(call(callee, first, args, tail.pc()));
    }

    /** The arguments that the applied function has already got, and those it gets. */
    private Var[] whole(Var[] args) {
      Var[] earlier = partial.get(args[0]);
      if (earlier == null) {
        return args;
      }
      Var[] whole = Arrays.copyOf(earlier, earlier.length + args.length - 1);
      System.arraycopy(args, 1, whole, earlier.length, args.length - 1);
      return whole;
    }

    private Function callee(Var[] args) {
      return known.of(args[0]) instanceof Known.Closure closure
          ? closure.member().function()
          : null;
    }

    private void jump(Block block) {
      if (block.end() instanceof End.Branch branch
          && known.of(branch.condition()) instanceof Known.Int truth) {
        block.setEnd(new End.Jump(truth.value() != 0 ? branch.ifTrue() : branch.ifFalse()));
      } else if (block.end() instanceof End.Switch choice
          && known.of(choice.on()) instanceof Known.Int number
          && number.value() >= 0
          && number.value() < choice.integers().size()) {
        block.setEnd(new End.Jump(choice.integers().get(number.value())));
      }
    }
  }

  private static Instr call(Function callee, Var dest, Var[] args, int pc) {
    return new Instr(Op.CALL, dest, exact(callee, args), callee, pc);
  }

  /** The callee's arguments, and its closure if it needs one. */
  private static Var[] exact(Function callee, Var[] args) {
    Var[] exact = Arrays.copyOfRange(args, 1, 1 + callee.entry().params().size());
    if (callee.needsClosure()) {
      exact[callee.arity()] = args[0];
    }
    return exact;
  }

  private static Var[] rest(Function callee, Var partial, Var[] args) {
    Var[] rest = Arrays.copyOfRange(args, callee.arity(), args.length);
    rest[0] = partial;
    return rest;
  }
}
