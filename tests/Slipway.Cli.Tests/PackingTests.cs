using System.Formats.Tar;
using System.Runtime.InteropServices;
using Slipway.Cli.Packing;
using Slipway.Cli.Running;
using Xunit;
using ZstdSharp;

namespace Slipway.Cli.Tests;

public sealed class PackingTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task The_same_content_gives_the_same_bytes_whatever_the_times_and_the_order_of_creation()
    {
        cli.Write("one/a.txt", "a");
        cli.Write("one/b/c.txt", "c");
        cli.Write("one/" + new string('n', 150) + ".txt", "long name");
        cli.Write("two/" + new string('n', 150) + ".txt", "long name");
        cli.Write("two/b/c.txt", "c");
        cli.Write("two/a.txt", "a");
        File.SetLastWriteTimeUtc(Path.Combine(cli.Folder, "two/a.txt"), new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));

        using var one = await Packer.PackAsync("one", cli.Folder, default);
        using var two = await Packer.PackAsync("two", cli.Folder, default);

        Assert.Equal(one.Digest, two.Digest);
        Assert.Equal(await File.ReadAllBytesAsync(one.Path), await File.ReadAllBytesAsync(two.Path));
    }

    [Fact]
    public async Task Other_content_gives_another_digest()
    {
        cli.Write("one/a.txt", "a");
        using var one = await Packer.PackAsync("one", cli.Folder, default);
        File.SetUnixFileMode(Path.Combine(cli.Folder, "one/a.txt"), (UnixFileMode)0b111_101_101);
        using var two = await Packer.PackAsync("one", cli.Folder, default);

        Assert.NotEqual(one.Digest, two.Digest);
    }

    [Fact]
    public async Task Files_links_empty_folders_and_the_right_to_run_survive()
    {
        File.SetUnixFileMode(cli.Write("dist/bin/run", "#!/bin/sh"), (UnixFileMode)0b111_000_000);
        cli.Write("dist/data.txt", "größe");
        cli.Write("dist/ünï cödé\n.txt", "odd name");
        Directory.CreateDirectory(Path.Combine(cli.Folder, "dist/empty"));
        File.CreateSymbolicLink(Path.Combine(cli.Folder, "dist/bin/data"), "../data.txt");

        var entries = await ReadAsync("dist");

        Assert.Equal(["bin/", "bin/data", "bin/run", "data.txt", "empty/", "ünï cödé\n.txt"], entries.Select(e => e.Name));
        Assert.Equal((TarEntryType.SymbolicLink, "../data.txt"), (entries[1].EntryType, entries[1].LinkName));
        Assert.Equal((UnixFileMode)0b111_101_101, entries[2].Mode);
        Assert.Equal((UnixFileMode)0b110_100_100, entries[3].Mode);
        Assert.All(entries, e => Assert.Equal((0, 0, DateTimeOffset.UnixEpoch), (e.Uid, e.Gid, e.ModificationTime)));
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../../secret")]
    [InlineData("../dist/../../x")]
    public async Task A_link_that_leaves_the_folder_is_refused(string target)
    {
        cli.Write("dist/a.txt", "a");
        File.CreateSymbolicLink(Path.Combine(cli.Folder, "dist/out"), target);

        var refusal = await Assert.ThrowsAsync<StopException>(() => Packer.PackAsync("dist", cli.Folder, default));

        Assert.Equal("folder_not_packable", refusal.Code);
        Assert.Contains("out cannot be published", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_to_a_folder_is_packed_as_a_link_and_not_walked()
    {
        cli.Write("dist/real/a.txt", "a");
        File.CreateSymbolicLink(Path.Combine(cli.Folder, "dist/again"), "real");
        File.CreateSymbolicLink(Path.Combine(cli.Folder, "dist/real/loop"), "..");

        var entries = await ReadAsync("dist");

        Assert.Equal(["again", "real/", "real/a.txt", "real/loop"], entries.Select(e => e.Name));
    }

    [Fact]
    public async Task A_pipe_is_refused_instead_of_waited_for()
    {
        cli.Write("dist/a.txt", "a");
        Assert.Equal(0, MakePipe(Path.Combine(cli.Folder, "dist/pipe"), 0b110_000_000));

        var refusal = await Assert.ThrowsAsync<StopException>(() => Packer.PackAsync("dist", cli.Folder, default));

        Assert.Contains("pipe cannot be published", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_files_is_refused()
    {
        Directory.CreateDirectory(Path.Combine(cli.Folder, "dist/empty"));

        await Assert.ThrowsAsync<StopException>(() => Packer.PackAsync("dist", cli.Folder, default));
    }

    [Fact]
    public async Task Nothing_is_left_behind()
    {
        cli.Write("dist/a.txt", "a");
        string packed;
        using (var parcel = await Packer.PackAsync("dist", cli.Folder, default))
            packed = parcel.Path;

        Assert.False(File.Exists(packed));
    }

    private async Task<List<TarEntry>> ReadAsync(string folder)
    {
        using var parcel = await Packer.PackAsync(folder, cli.Folder, default);
        await using var tar = new TarReader(new DecompressionStream(File.OpenRead(parcel.Path)));
        var entries = new List<TarEntry>();
        while (await tar.GetNextEntryAsync(copyData: true) is { } entry)
            entries.Add(entry);
        return entries;
    }

    [DllImport("libc", EntryPoint = "mkfifo")]
    private static extern int MakePipe([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int mode);
}
