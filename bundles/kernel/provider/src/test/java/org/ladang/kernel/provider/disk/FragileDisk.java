package org.ladang.kernel.provider.disk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A disk in memory that knows what is durable: a file's content after its fsync, a name after the fsync of its folder.
 * It can cut the power at any operation, or refuse one.
 */
public final class FragileDisk implements Disk {
  /** What is left of what was not yet durable. */
  public enum Loss {
    /** Everything: the process was killed, the machine went on. */
    KEEPS_ALL,
    /** Nothing. */
    LOSES_ALL,
    /** Names, but not the contents: a rename overtook its file. */
    LOSES_CONTENTS,
    /** Contents, but not the names. */
    LOSES_NAMES,
    /** Half of each file's last bytes. */
    TEARS
  }

  private final Map<Path, Inode> names;
  private final Map<Path, Inode> durableNames;
  private final Set<Path> folders;
  private int operations;
  private int cutAt = Integer.MAX_VALUE;
  private int refuseAt = Integer.MAX_VALUE;
  private int refuseUntil = Integer.MAX_VALUE;

  public FragileDisk() {
    this(new TreeMap<>(), new TreeMap<>(), new HashSet<>());
  }

  private FragileDisk(Map<Path, Inode> names, Map<Path, Inode> durableNames, Set<Path> folders) {
    this.names = names;
    this.durableNames = durableNames;
    this.folders = folders;
  }

  /** Cuts the power in the middle of that operation, counted from 1. */
  public FragileDisk cutAt(int operation) {
    cutAt = operation;
    return this;
  }

  /** Refuses the operations from the first number to before the second. */
  public FragileDisk refuse(int from, int until) {
    refuseAt = from;
    refuseUntil = until;
    return this;
  }

  public int operations() {
    return operations;
  }

  /** The disk as the next process finds it. */
  public FragileDisk restart(Loss loss) {
    boolean keepNames = loss != Loss.LOSES_ALL && loss != Loss.LOSES_NAMES;
    Map<Path, Inode> left = new TreeMap<>();
    Map<Path, Inode> durable = new TreeMap<>();
    (keepNames ? names : durableNames)
        .forEach(
            (name, inode) -> {
              Inode file = inode.after(loss);
              left.put(name, file);
              if (loss != Loss.KEEPS_ALL || durableNames.get(name) == inode) {
                durable.put(name, file);
              }
            });
    return new FragileDisk(left, durable, new HashSet<>(folders));
  }

  /** Puts a file there, durably, without counting. */
  public void given(Path file, byte[] content) {
    Inode inode = new Inode();
    inode.content = content.clone();
    inode.durable = content.clone();
    names.put(file, inode);
    durableNames.put(file, inode);
    folders.add(file.getParent());
  }

  public byte[] content(Path file) {
    return names.get(file).content.clone();
  }

  /** Counts, cuts and refuses; true when the operation is to be done by half before the power goes. */
  private boolean step(String what) throws IOException {
    operations++;
    if (operations > cutAt) {
      throw new PowerCut();
    }
    if (operations >= refuseAt && operations < refuseUntil) {
      throw new IOException("No space left for " + what);
    }
    return operations == cutAt;
  }

  private void cut(boolean now) {
    if (now) {
      throw new PowerCut();
    }
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    cut(step("open"));
    return new OpenFile(names.computeIfAbsent(file, name -> new Inode()));
  }

  @Override
  public InputStream read(Path file) throws IOException {
    Inode inode = names.get(file);
    if (inode == null) {
      throw new NoSuchFileException(file.toString());
    }
    return new ByteArrayInputStream(inode.content);
  }

  @Override
  public List<Path> list(Path folder) {
    Set<Path> entries = new HashSet<>();
    names.keySet().stream().filter(name -> name.getParent().equals(folder)).forEach(entries::add);
    folders.stream().filter(name -> folder.equals(name.getParent())).forEach(entries::add);
    return entries.stream().sorted().toList();
  }

  @Override
  public boolean exists(Path file) {
    return names.containsKey(file) || folders.contains(file);
  }

  @Override
  public void createFolders(Path folder) {
    for (Path each = folder; each != null; each = each.getParent()) {
      folders.add(each);
    }
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    cut(step("move"));
    Inode inode = names.remove(from);
    if (inode == null) {
      throw new NoSuchFileException(from.toString());
    }
    names.put(to, inode);
  }

  @Override
  public void delete(Path file) throws IOException {
    cut(step("delete"));
    names.remove(file);
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    cut(step("forceFolder"));
    durableNames
        .keySet()
        .removeIf(name -> name.getParent().equals(folder) && !names.containsKey(name));
    names.forEach(
        (name, inode) -> {
          if (name.getParent().equals(folder)) {
            durableNames.put(name, inode);
          }
        });
  }

  private static final class Inode {
    private byte[] content = new byte[0];
    private byte[] durable = new byte[0];

    Inode after(Loss loss) {
      Inode left = new Inode();
      left.content =
          switch (loss) {
            case KEEPS_ALL, LOSES_NAMES -> content;
            case LOSES_ALL, LOSES_CONTENTS -> durable;
            case TEARS -> torn();
          };
      left.durable = loss == Loss.KEEPS_ALL ? durable : left.content;
      return left;
    }

    private byte[] torn() {
      if (content.length <= durable.length) {
        return content;
      }
      return Arrays.copyOf(content, durable.length + (content.length - durable.length) / 2);
    }
  }

  private final class OpenFile implements DiskFile {
    private final Inode inode;
    private boolean closed;

    OpenFile(Inode inode) {
      this.inode = inode;
    }

    @Override
    public long size() {
      return inode.content.length;
    }

    @Override
    public void append(byte[] bytes, int offset, int length) throws IOException {
      if (closed) {
        throw new IOException("The file is closed");
      }
      boolean last;
      try {
        last = step("append");
      } catch (IOException e) {
        write(bytes, offset, length / 2); // A full disk takes a part.
        throw e;
      }
      write(bytes, offset, last ? length / 2 : length);
      cut(last);
    }

    private void write(byte[] bytes, int offset, int length) {
      int size = inode.content.length;
      byte[] more = Arrays.copyOf(inode.content, size + length);
      System.arraycopy(bytes, offset, more, size, length);
      inode.content = more;
    }

    @Override
    public void truncate(long size) throws IOException {
      cut(step("truncate"));
      inode.content = Arrays.copyOf(inode.content, (int) size);
    }

    @Override
    public void force() throws IOException {
      cut(step("force"));
      inode.durable = inode.content;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
