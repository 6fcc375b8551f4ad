package org.hpo4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings arrays of the heap into the engine through native memory that every step uses again.
 *
 * <p>DJL itself takes a new direct buffer for each array, which waits for the garbage collector
 * after its array is closed: resident memory then grows for as long as the heap has room.
 *
 * <p>The engine may read a buffer in place, so an array is for use until the next one is brought in
 * at its position.
 */
final class Staging {
  private final List<ByteBuffer> buffers = new ArrayList<>();

  /**
   * Returns arrays of a manager.
   *
   * @param first position of the first array's buffer, from 0
   */
  NDList stage(NDManager manager, List<ArrayData> arrays, int first) {
    NDList list = new NDList(arrays.size());
    for (int i = 0; i < arrays.size(); i++) {
      list.add(stage(manager, arrays.get(i), first + i));
    }
    return list;
  }

  private NDArray stage(NDManager manager, ArrayData array, int position) {
    int bytes = Math.toIntExact(array.bytes());
    while (buffers.size() <= position) {
      buffers.add(direct(0));
    }
    if (buffers.get(position).capacity() < bytes) {
      buffers.set(position, direct(bytes));
    }
    ByteBuffer buffer = buffers.get(position).clear().limit(bytes);
    array.write(buffer);
    return manager.create(buffer, array.shape(), array.type());
  }

  /** Returns an array of a manager that has memory of its own. */
  static NDArray copy(NDManager manager, ArrayData array) {
    try (NDManager temporary = manager.newSubManager()) {
      ByteBuffer buffer = direct(Math.toIntExact(array.bytes()));
      array.write(buffer);
      NDArray copy = temporary.create(buffer, array.shape(), array.type()).duplicate();
      copy.attach(manager);
      return copy;
    }
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }
}
