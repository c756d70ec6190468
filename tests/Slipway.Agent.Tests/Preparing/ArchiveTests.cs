using System.Formats.Tar;
using System.IO.Compression;
using Slipway.Agent.Preparing.Archives;
using Slipway.Agent.Tests.Fakes;
using Xunit;

namespace Slipway.Agent.Tests.Preparing;

/// <summary>What archives may do, and what none may.</summary>
public sealed class ArchiveTests : IDisposable
{
    private readonly string outside = Path.Combine(Path.GetTempPath(), "slipway-archives", Guid.NewGuid().ToString("N"));
    private readonly string root;

    public ArchiveTests()
    {
        root = Path.Combine(outside, "root");
        Directory.CreateDirectory(root);
    }

    public void Dispose() => Directory.Delete(outside, recursive: true);

    [Fact]
    public void Files_folders_links_modes_and_times_arrive_as_they_were()
    {
        var time = new DateTimeOffset(2020, 2, 3, 4, 5, 6, TimeSpan.Zero);
        Unpack(Build.Tar(tar =>
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "bin/"));
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "bin/tool") { DataStream = new MemoryStream([1, 2, 3]), Mode = (UnixFileMode)0b111_101_101, ModificationTime = time });
            Build.AddLink(tar, TarEntryType.SymbolicLink, "bin/alias", "../bin/tool");
            Build.AddLink(tar, TarEntryType.HardLink, "second", "bin/tool");
            Build.AddFile(tar, "empty", []);
        }));

        Assert.Equal(3, new FileInfo(At("bin/tool")).Length);
        Assert.Equal((UnixFileMode)0b111_101_101, File.GetUnixFileMode(At("bin/tool")));
        Assert.Equal(time.UtcDateTime, File.GetLastWriteTimeUtc(At("bin/tool")));
        Assert.Equal("../bin/tool", new FileInfo(At("bin/alias")).LinkTarget);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(At("second")));
        Assert.Empty(File.ReadAllBytes(At("empty")));
    }

    [Theory]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.Gnu)]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.V7)]
    public void Every_dialect_of_tar_is_read(TarEntryFormat format)
    {
        // 160 characters need a prefix (ustar), a long name entry (GNU) or a pax record; V7 has none of them.
        var name = format == TarEntryFormat.V7 ? "short/name" : string.Join('/', Enumerable.Repeat(new string('n', 39), 4));
        var content = Build.Noise(100_000);
        var buffer = new MemoryStream();
        using (var tar = new TarWriter(buffer, format, leaveOpen: true))
        {
            System.Formats.Tar.TarEntry entry = format switch
            {
                TarEntryFormat.Ustar => new UstarTarEntry(TarEntryType.RegularFile, name),
                TarEntryFormat.Gnu => new GnuTarEntry(TarEntryType.RegularFile, name),
                TarEntryFormat.V7 => new V7TarEntry(TarEntryType.V7RegularFile, name),
                _ => new PaxTarEntry(TarEntryType.RegularFile, name),
            };
            entry.DataStream = new MemoryStream(content);
            tar.WriteEntry(entry);
        }

        Unpack(buffer.ToArray());

        Assert.Equal(content, File.ReadAllBytes(At(name)));
    }

    [Fact]
    public void Set_user_and_set_group_bits_are_dropped()
    {
        Unpack(Build.Tar(tar => Build.AddFile(tar, "sudo", [1], (UnixFileMode)0b110_111_101_101)));
        Assert.Equal((UnixFileMode)0b111_101_101, File.GetUnixFileMode(At("sudo")));
    }

    [Theory]
    [InlineData("../evil", "..")]
    [InlineData("a/../../evil", "..")]
    [InlineData("/etc/evil", "absolute")]
    [InlineData(".ready", "keeps for itself")]
    [InlineData(".slipway.env", "keeps for itself")]
    [InlineData("./.ready", "keeps for itself")]
    public void A_name_that_leaves_the_folder_is_refused(string name, string why)
    {
        var e = Assert.Throws<UnsafeArchiveException>(() => Unpack(Build.Tar((name, "x"))));
        Assert.Contains(why, e.Message, StringComparison.Ordinal);
        AssertNothingOutside();
    }

    [Fact]
    public void Names_that_are_too_long_are_refused()
    {
        Assert.Throws<UnsafeArchiveException>(() => Unpack(Build.Tar((new string('n', 256), "x"))));
        Assert.Throws<UnsafeArchiveException>(() => Unpack(Build.Tar((string.Join('/', Enumerable.Repeat(new string('p', 100), 45)), "x"))));
    }

    [Theory]
    [InlineData("link", "/etc/passwd")]
    [InlineData("link", "../outside")]
    [InlineData("a/link", "../../outside")]
    [InlineData("link", "a/../../outside")]
    [InlineData("link", "a/..")]
    public void A_symbolic_link_that_leaves_or_could_leave_is_refused(string name, string target)
    {
        Assert.Throws<UnsafeArchiveException>(() => Unpack(Build.Tar(tar => Build.AddLink(tar, TarEntryType.SymbolicLink, name, target))));
        AssertNothingOutside();
    }

    [Fact]
    public void Nothing_is_written_through_a_symbolic_link()
    {
        Assert.Throws<UnsafeArchiveException>(() => Unpack(Build.Tar(tar =>
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "real"));
            Build.AddLink(tar, TarEntryType.SymbolicLink, "link", "real");
            Build.AddFile(tar, "link/file", [1]);
        })));
        Assert.Empty(Directory.GetFiles(At("real")));
    }

    [Theory]
    [InlineData("file over link")]
    [InlineData("folder over link")]
    [InlineData("link over folder")]
    [InlineData("hard link over link")]
    public void Nothing_takes_the_place_of_a_link_or_a_folder(string what)
    {
        Assert.Throws<UnsafeArchiveException>(() => Unpack(Build.Tar(tar =>
        {
            Build.AddFile(tar, "real/file", [1]);
            Build.AddLink(tar, TarEntryType.SymbolicLink, "link", "real/file");
            switch (what)
            {
                case "file over link":
                    Build.AddFile(tar, "link", [2]);
                    break;
                case "folder over link":
                    tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "link"));
                    break;
                case "link over folder":
                    Build.AddLink(tar, TarEntryType.SymbolicLink, "real", ".");
                    break;
                default:
                    Build.AddLink(tar, TarEntryType.HardLink, "link", "real/file");
                    break;
            }
        })));
        Assert.Equal([1], File.ReadAllBytes(At("real/file")));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("not/there")]
    [InlineData("link")]
    [InlineData("folder")]
    public void A_hard_link_to_anything_but_a_file_of_the_archive_is_refused(string target) =>
        Assert.Throws<UnsafeArchiveException>(() => Unpack(Build.Tar(tar =>
        {
            Build.AddFile(tar, "folder/file", [1]);
            Build.AddLink(tar, TarEntryType.SymbolicLink, "link", "folder/file");
            Build.AddLink(tar, TarEntryType.HardLink, "hard", target);
        })));

    [Theory]
    [InlineData(TarEntryType.BlockDevice)]
    [InlineData(TarEntryType.CharacterDevice)]
    [InlineData(TarEntryType.Fifo)]
    public void Devices_and_pipes_are_refused_by_name(TarEntryType type)
    {
        var e = Assert.Throws<UnsafeArchiveException>(() => Unpack(Build.Tar(tar => tar.WriteEntry(new PaxTarEntry(type, "dev/null")))));
        Assert.Contains("dev/null", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_later_file_takes_the_place_of_an_earlier_one()
    {
        Unpack(Build.Tar(("a", "old, and longer"), ("a", "new")));
        Assert.Equal("new", File.ReadAllText(At("a")));
    }

    [Fact]
    public void A_bomb_is_refused_before_it_fills_the_disk()
    {
        var bomb = Build.Gzip(Build.Tar(tar => Build.AddFile(tar, "zeros", new byte[5_000_000])));
        using var stream = new GZipStream(new MemoryStream(bomb), CompressionMode.Decompress);
        var folder = new UnpackFolder(root, new(Bytes: 1_000_000, Entries: 10), null, CancellationToken.None);

        Assert.Throws<UnsafeArchiveException>(() => TarUnpacker.Unpack(stream, folder));
        Assert.True(new FileInfo(At("zeros")).Length <= 1_000_000);
    }

    [Fact]
    public void Too_many_entries_are_refused()
    {
        var folder = new UnpackFolder(root, new(Bytes: 1000, Entries: 2), null, CancellationToken.None);
        Assert.Throws<UnsafeArchiveException>(() => TarUnpacker.Unpack(new MemoryStream(Build.Tar(("a", ""), ("b", ""), ("c", ""))), folder));
    }

    [Theory]
    [InlineData(1000, UnpackLimits.AlwaysAllowedBytes)]
    [InlineData(10L << 20, (10L << 20) * UnpackLimits.MaximumRatio)]
    [InlineData(5L << 30, UnpackLimits.MaximumBytes)]
    public void The_limit_grows_with_the_archive_up_to_a_maximum(long size, long limit) =>
        Assert.Equal(limit, UnpackLimits.For(size).Bytes);

    [Fact]
    public void A_pax_header_cannot_make_the_agent_allocate_gigabytes()
    {
        var tar = Build.Tar(("a", "x"));
        // The first header of a pax archive is the extended header: say it is 2 GB long, with a right checksum.
        "17777777777"u8.CopyTo(tar.AsSpan(124));
        FixChecksum(tar);
        Assert.Throws<UnsafeArchiveException>(() => Unpack(tar));
    }

    [Fact]
    public void A_damaged_or_truncated_archive_is_told_apart_from_a_hostile_one()
    {
        var tar = Build.Tar(("a", new string('x', 10_000)));
        Assert.Throws<InvalidDataException>(() => Unpack(tar[..5_000]));
        tar[0] ^= 0xFF;
        Assert.Throws<InvalidDataException>(() => Unpack(tar));
        Assert.Throws<InvalidDataException>(() => Unpack(Build.Noise(10_000)));
    }

    [Fact]
    public void A_zip_is_unpacked_with_modes_and_links()
    {
        var zip = Zip(("bin/tool", "tool", 0b1000_000_111_101_101), ("alias", "bin/tool", 0b1010_000_111_111_111), ("plain", "p", 0));
        ZipUnpacker.Unpack(new MemoryStream(zip), Folder());

        Assert.Equal((UnixFileMode)0b111_101_101, File.GetUnixFileMode(At("bin/tool")));
        Assert.Equal("bin/tool", new FileInfo(At("alias")).LinkTarget);
        Assert.Equal("p", File.ReadAllText(At("plain")));
    }

    [Fact]
    public void A_zip_made_on_Windows_has_folders_whatever_separates_them()
    {
        ZipUnpacker.Unpack(new MemoryStream(Zip((@"lib\", "", 0), (@"lib\deep\a.txt", "a", 0), (@"a\b", "unix", 0b1000_000_110_100_100))), Folder());

        Assert.Equal("a", File.ReadAllText(At("lib/deep/a.txt")));
        Assert.Equal("unix", File.ReadAllText(At(@"a\b")));
    }

    [Theory]
    [InlineData("../evil", "x", 0)]
    [InlineData(@"..\evil", "x", 0)]
    [InlineData("/evil", "x", 0)]
    [InlineData("link", "/etc/passwd", 0b1010_000_111_111_111)]
    [InlineData("pipe", "", 0b0001_000_111_111_111)]
    public void A_hostile_zip_is_refused(string name, string content, int mode)
    {
        Assert.Throws<UnsafeArchiveException>(() => ZipUnpacker.Unpack(new MemoryStream(Zip((name, content, mode))), Folder()));
        AssertNothingOutside();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Zstd_is_read_with_the_systems_library_and_without(bool native)
    {
        Assert.SkipWhen(native && !ZstdLibrary.IsPresent, "This machine has no libzstd.so.1.");
        var content = Build.Noise(3_000_000);
        // Two frames, as parallel compressors make them.
        var compressed = new MemoryStream([.. Build.Zstd(content[..1_000_000]), .. Build.Zstd(content[1_000_000..])]);
        using Stream stream = native ? new NativeZstdStream(compressed) : new ZstdSharp.DecompressionStream(compressed);
        var result = new MemoryStream();
        stream.CopyTo(result);
        Assert.Equal(content, result.ToArray());
    }

    [Fact]
    public void A_zstd_stream_that_is_cut_off_is_damaged_not_short()
    {
        Assert.SkipUnless(ZstdLibrary.IsPresent, "This machine has no libzstd.so.1.");
        var compressed = Build.Zstd(Build.Noise(1_000_000));
        using var stream = new NativeZstdStream(new MemoryStream(compressed[..500_000]));
        Assert.Throws<InvalidDataException>(() => stream.CopyTo(Stream.Null));
    }

    private string At(string path) => Path.Combine(root, path);

    private UnpackFolder Folder() => new(root, UnpackLimits.For(1000), null, CancellationToken.None);

    private void Unpack(byte[] tar) => TarUnpacker.Unpack(new MemoryStream(tar), Folder());

    private void AssertNothingOutside() => Assert.Equal([root], Directory.GetFileSystemEntries(outside));

    private static byte[] Zip(params (string Name, string Content, int Mode)[] entries)
    {
        var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content, mode) in entries)
            {
                var entry = zip.CreateEntry(name);
                entry.ExternalAttributes = mode << 16;
                using var writer = new StreamWriter(entry.Open());
                writer.Write(content);
            }
        }

        return buffer.ToArray();
    }

    private static void FixChecksum(byte[] tar)
    {
        tar.AsSpan(148, 8).Fill((byte)' ');
        var sum = 0;
        foreach (var b in tar.AsSpan(0, 512))
            sum += b;
        System.Text.Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(tar, 148);
    }
}
