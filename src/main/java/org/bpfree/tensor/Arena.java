package org.bpfree.tensor;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Scratch tensors by name, allocated once and kept. A request for a smaller batch under a known name gives a view of the first
 * samples, so that the last, partial batch of an epoch costs no memory.
 */
public final class Arena {
    private final Precision precision;
    private final boolean keepsAll;
    private final String prefix;
    private final Map<String, Tensor> tensors; // of this arena and all its scopes

    /** An empty arena for tensors of one precision, in which each keeps its numbers until it is written again. */
    public Arena(Precision precision) {
        this(precision, true, "", new LinkedHashMap<>());
    }

    private Arena(Precision precision, boolean keepsAll, String prefix, Map<String, Tensor> tensors) {
        this.precision = precision;
        this.keepsAll = keepsAll;
        this.prefix = prefix;
        this.tensors = tensors;
    }

    /**
     * The part of this arena whose names begin with {@code name/}: tensors in it are apart from those under the same names elsewhere, so
     * that several passes over one network keep their numbers side by side.
     */
    public Arena scope(String name) {
        return new Arena(precision, keepsAll, prefix + name + "/", tensors);
    }

    /** An empty arena for tensors of one precision, in which those that nobody needs any more may make room for others. */
    public static Arena sharing(Precision precision) {
        return new Arena(precision, false, "", new LinkedHashMap<>());
    }

    /** Whether every tensor is there to be looked at when all work is done. */
    public boolean keepsAll() {
        return keepsAll;
    }

    /** The precision of all tensors of this arena. */
    public Precision precision() {
        return precision;
    }

    /**
     * The tensor of a name, of shape {@code [batch, sample...]}.
     *
     * @throws IllegalArgumentException if the name is taken by tensors with another sample shape
     */
    public Tensor batch(String name, int batch, Shape sample) {
        String full = prefix + name;
        Tensor known = tensors.get(full);
        if (known != null && !known.shape().inner().equals(sample)) {
            throw new IllegalArgumentException(full + " is " + known.shape() + ", asked for samples of " + sample);
        }
        if (known == null || known.shape().extent(0) < batch) {
            known = Tensor.zeros(precision, sample.batched(batch));
            tensors.put(full, known);
        }
        return known.first(batch);
    }

    /** The tensor of a name, of a shape that does not depend on the batch. */
    public Tensor fixed(String name, Shape shape) {
        return batch(name, 1, shape).reshape(shape);
    }

    /** Bytes held by all tensors, those of other scopes included. */
    public long byteSize() {
        return tensors.values().stream().mapToLong(Tensor::byteSize).sum();
    }
}
