package org.bpfree.learn;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * The tensors of one sweep of errors. Where the arena keeps everything, each has memory of its own. Where it does not, a tensor that no
 * routine reads any more gives its memory to the next of its shape, which so begins in the cache: routines run in the order in which they
 * are bound, so what is free when a routine is bound is free when it runs.
 */
final class ErrorMemory {
    private final Arena arena;
    private final int batch;
    private final Map<Shape, Deque<Tensor>> free = new HashMap<>();
    private final Map<Shape, Integer> made = new HashMap<>();
    private final Map<Tensor, Integer> holders = new IdentityHashMap<>();
    private final Map<Tensor, Tensor> seen = new IdentityHashMap<>(); // by view

    ErrorMemory(Arena arena, int batch) {
        this.arena = arena;
        this.batch = batch;
    }

    /**
     * A tensor {@code [batch, sample...]} with one holder.
     *
     * @param name in an arena that keeps everything
     */
    Tensor take(String name, Shape sample) {
        if (arena.keepsAll()) {
            return arena.batch(name, batch, sample);
        }
        Deque<Tensor> left = free.computeIfAbsent(sample, shape -> new ArrayDeque<>());
        Tensor tensor = left.isEmpty() ? make(sample) : left.pop();
        holders.put(tensor, 1);
        return tensor;
    }

    private Tensor make(Shape sample) {
        int number = made.merge(sample, 1, Integer::sum);
        return arena.batch("shared error " + number + " of " + sample, batch, sample);
    }

    /** The same memory in another shape, with a holder of its own. */
    Tensor view(Tensor tensor, Shape sample) {
        Tensor view = tensor.reshape(sample.batched(batch));
        seen.put(view, seen.getOrDefault(tensor, tensor));
        hold(tensor);
        return view;
    }

    /** Adds a holder. */
    void hold(Tensor tensor) {
        holders.computeIfPresent(seen.getOrDefault(tensor, tensor), (same, count) -> count + 1);
    }

    /** Takes a holder away, once the last routine that needs the tensor for it is bound; tensors that came from elsewhere are left alone. */
    void release(Tensor tensor) {
        Tensor whole = seen.getOrDefault(tensor, tensor);
        if (holders.containsKey(whole) && holders.merge(whole, -1, Integer::sum) == 0) {
            holders.remove(whole);
            free.get(whole.shape().inner()).push(whole);
        }
    }
}
