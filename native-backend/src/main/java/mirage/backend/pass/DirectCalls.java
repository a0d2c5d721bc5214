// SPDX-License-Identifier: Apache-2.0
package mirage.backend.pass;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mirage.backend.ir.Block;
import mirage.backend.ir.End;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Member;
import mirage.backend.ir.Op;
import mirage.backend.ir.Pass;
import mirage.backend.ir.Program;
import mirage.backend.ir.Type;
import mirage.backend.ir.Var;

/**
 * Turns applications of known functions into direct calls: with exactly the function's arguments, with the
 * closure added when the function needs it. What is left of an over-application is applied to the result.
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
      for (Block block : known.order(function)) {
        rewrite(known, function, block);
      }
    }
  }

  private static void rewrite(KnownValues known, Function function, Block block) {
    List<Instr> body = new ArrayList<>();
    for (Instr instr : block.body()) {
      if (instr.op() != Op.INT
          && instr.dest() != null
          && instr.op().effect() != Op.Effect.WRITE
          && known.of(instr.dest()) instanceof Known.Int number) {
        body.add(Instr.of(Op.INT, instr.dest(), number.value(), instr.pc()));
        continue;
      }
      Function callee = instr.op() == Op.APPLY ? callee(known, instr.args()) : null;
      if (callee == null) {
        body.add(instr);
      } else if (callee.arity() == instr.args().length - 1) {
        body.add(call(callee, instr.dest(), instr.args(), instr.pc()));
      } else {
        Var partial = function.newVar(Type.VALUE);
        body.add(call(callee, partial, instr.args(), instr.pc()));
        body.add(instr.withArgs(rest(callee, partial, instr.args())));
      }
    }
    if (block.end() instanceof End.TailCall tail && tail.function() == null) {
      Var[] args = tail.args().toArray(Var[]::new);
      Function callee = callee(known, args);
      if (callee != null && callee.arity() == args.length - 1) {
        block.setEnd(new End.TailCall(callee, List.of(exact(callee, args)), tail.pc()));
      } else if (callee != null) {
        Var partial = function.newVar(Type.VALUE);
        body.add(call(callee, partial, args, tail.pc()));
        block.setEnd(new End.TailCall(null, List.of(rest(callee, partial, args)), tail.pc()));
      }
    }
    if (block.end() instanceof End.Branch branch
        && known.of(branch.condition()) instanceof Known.Int truth) {
      block.setEnd(new End.Jump(truth.value() != 0 ? branch.ifTrue() : branch.ifFalse()));
    } else if (block.end() instanceof End.Switch choice
        && known.of(choice.on()) instanceof Known.Int number
        && number.value() >= 0
        && number.value() < choice.integers().size()) {
      block.setEnd(new End.Jump(choice.integers().get(number.value())));
    }
    block.body().clear();
    block.body().addAll(body);
  }

  private static Function callee(KnownValues known, Var[] args) {
    if (known.of(args[0]) instanceof Known.Closure closure) {
      Member member = closure.member();
      return member.function().arity() <= args.length - 1 ? member.function() : null;
    }
    return null;
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
