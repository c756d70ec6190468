using Slipway.Agent.Tests.Fakes;
using Slipway.Contracts.Agent.V1;
using Xunit;

namespace Slipway.Agent.Tests.Preparing;

/// <summary>Artifacts over a network that fails, from a server that lies, onto a disk that is full.</summary>
public sealed class DownloadTests : IAsyncLifetime
{
    private FakeServer server = null!;
    private TestAgent agent = null!;

    public async ValueTask InitializeAsync()
    {
        server = await FakeServer.StartAsync();
        agent = new(server);
    }

    public async ValueTask DisposeAsync()
    {
        await agent.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_download_goes_on_where_the_connection_was_cut()
    {
        var artifact = Large(3_000_000);
        server.Cuts.Enqueue(1_000_000);
        server.Cuts.Enqueue(500_000);
        await AssignAsync(artifact);
        await server.NextStatusAsync(ServiceState.Healthy, 1);

        var starts = server.ArtifactRequests.ToArray();
        Assert.Equal(3, starts.Length);
        Assert.Equal(0, starts[0]);
        Assert.True(starts[1] > 0 && starts[2] > starts[1], string.Join(", ", starts));
        Assert.Equal(3_000_000, new FileInfo(Path.Combine(agent.Folder.Versions, "1.0", "noise")).Length);
    }

    [Fact]
    public async Task A_download_goes_on_after_a_restart_of_the_agent()
    {
        var artifact = Large(3_000_000);
        server.Cuts.Enqueue(2_000_000);
        var hold = new TaskCompletionSource();
        server.BeforeArtifact = _ => server.ArtifactRequests.IsEmpty ? Task.CompletedTask : hold.Task;
        await AssignAsync(artifact);
        await Eventually.HoldsAsync(() => agent.Log.Contains("stopped at", StringComparison.Ordinal));
        await agent.StopAsync();
        var partial = new FileInfo(Path.Combine(agent.Data.Artifacts, artifact.Sha256 + ".partial"));
        Assert.InRange(partial.Length, 1, 2_000_000);

        await agent.StartAsync();
        hold.SetResult();
        await server.NextStatusAsync(ServiceState.Healthy, 1);

        Assert.Equal(partial.Length, server.ArtifactRequests.Last());
        Assert.False(File.Exists(partial.FullName));
    }

    [Fact]
    public async Task A_tampered_artifact_is_refused_and_nothing_of_it_stays()
    {
        var artifact = Large(1_000_000);
        server.Tamper(artifact, Build.Noise((int)artifact.Size, seed: 7));
        await AssignAsync(artifact);

        var status = await server.NextStatusAsync(ServiceState.Failed, 1);

        Assert.Equal("digest_mismatch", status.ReasonCode);
        Assert.Equal(2, server.ArtifactRequests.Count);
        AssertNothingStays();
    }

    [Fact]
    public async Task A_partial_file_that_was_damaged_is_fetched_again()
    {
        var artifact = Large(1_000_000);
        Directory.CreateDirectory(agent.Data.Artifacts);
        await File.WriteAllBytesAsync(Path.Combine(agent.Data.Artifacts, artifact.Sha256 + ".partial"), Build.Noise(400_000, seed: 9));
        await AssignAsync(artifact);

        await server.NextStatusAsync(ServiceState.Healthy, 1);

        Assert.Equal([400_000, 0], server.ArtifactRequests);
    }

    [Theory]
    [InlineData(ArtifactFormat.TarZstd)]
    [InlineData(ArtifactFormat.TarGzip)]
    [InlineData(ArtifactFormat.Tar)]
    public async Task A_hostile_archive_fails_with_the_entrys_name_and_nothing_of_it_stays(ArtifactFormat format)
    {
        var tar = Build.Tar(("fine", "x"), ("../../../evil", "x"));
        var artifact = server.Publish(format switch { ArtifactFormat.TarZstd => Build.Zstd(tar), ArtifactFormat.TarGzip => Build.Gzip(tar), _ => tar }, format);
        await AssignAsync(artifact);

        var status = await server.NextStatusAsync(ServiceState.Failed, 1);

        Assert.Equal("unsafe_archive", status.ReasonCode);
        Assert.Contains("../../../evil", status.Reason, StringComparison.Ordinal);
        AssertNothingStays();
    }

    [Fact]
    public async Task A_single_file_becomes_an_executable_of_its_name()
    {
        var artifact = server.Publish(Build.Noise(100_000), ArtifactFormat.SingleFile, "app.jar");
        await AssignAsync(artifact);
        await server.NextStatusAsync(ServiceState.Healthy, 1);

        var file = new FileInfo(Path.Combine(agent.Folder.Versions, "1.0", "app.jar"));
        Assert.Equal(100_000, file.Length);
        Assert.True(file.UnixFileMode.HasFlag(UnixFileMode.UserExecute));
    }

    [Theory]
    [InlineData("../app.jar")]
    [InlineData("")]
    [InlineData(".ready")]
    public async Task A_single_file_with_a_hostile_name_is_refused(string name)
    {
        await AssignAsync(server.Publish([1, 2, 3], ArtifactFormat.SingleFile, name));
        Assert.Equal("unsafe_archive", (await server.NextStatusAsync(ServiceState.Failed, 1)).ReasonCode);
    }

    [Fact]
    public async Task An_artifact_the_server_does_not_have_fails_at_once()
    {
        await AssignAsync(new Artifact { Sha256 = new string('a', 64), Size = 10, Format = ArtifactFormat.Tar });

        var status = await server.NextStatusAsync(ServiceState.Failed, 1);

        Assert.Equal("download_failed", status.ReasonCode);
        Assert.Contains("There is no such artifact.", status.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_placeholder_nobody_has_set_fails_before_anything_is_downloaded()
    {
        var artifact = Large(1000);
        await AssignAsync(artifact, r => r.Spec.Files.Add(new ConfigFile { Path = "app.yml", Template = "url: ${DATABASE_URL}" }));

        var status = await server.NextStatusAsync(ServiceState.Failed, 1);

        Assert.Equal("config_invalid", status.ReasonCode);
        Assert.Contains("DATABASE_URL", status.Reason, StringComparison.Ordinal);
        Assert.Empty(server.ArtifactRequests);
    }

    [Theory]
    [InlineData("../evil.yml")]
    [InlineData("/etc/evil.yml")]
    [InlineData(".ready")]
    [InlineData("way/evil.yml")]
    public async Task A_config_file_stays_in_the_versions_folder(string path)
    {
        var artifact = server.Publish(Build.Tar(tar =>
        {
            Build.AddFile(tar, "real/x", [1]);
            Build.AddLink(tar, System.Formats.Tar.TarEntryType.SymbolicLink, "way", "real");
        }), ArtifactFormat.Tar);
        await AssignAsync(artifact, r => r.Spec.Files.Add(new ConfigFile { Path = path, Template = "x" }));

        Assert.Equal("config_invalid", (await server.NextStatusAsync(ServiceState.Failed, 1)).ReasonCode);
    }

    [Fact]
    public async Task Config_and_secrets_are_rendered_and_kept_from_others()
    {
        server.Secrets["PASSWORD"] = "quote\" dollar$ back\\slash\nline";
        await AssignAsync(Large(1000), r =>
        {
            r.Config["MODE"] = "fast";
            r.SecretNames.Add("PASSWORD");
            r.Spec.Files.Add(new ConfigFile { Path = "conf/app.yml", Template = "${MODE} ${PASSWORD} ${PORT} ${SLIPWAY_VERSION} $${x}" });
        });
        await server.NextStatusAsync(ServiceState.Healthy, 1);

        var folder = Path.Combine(agent.Folder.Versions, "1.0");
        Assert.Equal("fast quote\" dollar$ back\\slash\nline 8080 1.0 ${x}", await File.ReadAllTextAsync(Path.Combine(folder, "conf/app.yml")));
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(Path.Combine(folder, "conf/app.yml")) & (UnixFileMode)0b000_000_111);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, ".slipway.env")));
        Assert.Equal("quote\" dollar$ back\\slash\nline", Agent.Preparing.EnvironmentFile.Read(folder)["PASSWORD"]);
        Assert.DoesNotContain("quote", await File.ReadAllTextAsync(agent.Data.State), StringComparison.Ordinal);
        Assert.DoesNotContain("quote", agent.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_prepare_command_runs_in_the_folder_with_the_environment()
    {
        await AssignAsync(Large(1000), r =>
        {
            r.Config["WHO"] = "world";
            r.Spec.PrepareCommand = new() { Shell = true, Arguments = { "echo hello $WHO > made" } };
        });
        await server.NextStatusAsync(ServiceState.Healthy, 1);

        Assert.Equal("hello world\n", await File.ReadAllTextAsync(Path.Combine(agent.Folder.Versions, "1.0", "made")));
    }

    [Fact]
    public async Task A_prepare_command_that_leaves_something_in_the_background_is_done_when_it_ends()
    {
        await AssignAsync(Large(1000), r => r.Spec.PrepareCommand = new() { Shell = true, Arguments = { "sleep 1000 & echo $! > left" } });

        await server.NextStatusAsync(ServiceState.Healthy, 1);

        using var left = System.Diagnostics.Process.GetProcessById(
            int.Parse(await File.ReadAllTextAsync(Path.Combine(agent.Folder.Versions, "1.0", "left")), System.Globalization.CultureInfo.InvariantCulture));
        left.Kill();
    }

    [Fact]
    public async Task A_download_nobody_went_on_with_for_a_day_is_deleted()
    {
        Directory.CreateDirectory(agent.Data.Artifacts);
        var (old, recent) = (Path.Combine(agent.Data.Artifacts, "old.partial"), Path.Combine(agent.Data.Artifacts, "recent.partial"));
        await File.WriteAllTextAsync(old, "x");
        await File.WriteAllTextAsync(recent, "x");
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddDays(-2));

        await AssignAsync(Large(1000));
        await server.NextStatusAsync(ServiceState.Healthy, 1);

        Assert.Equal([recent], Directory.GetFiles(agent.Data.Artifacts));
    }

    [Theory]
    [InlineData("echo why; exit 3", "exit code 3")]
    [InlineData("echo why; sleep 100", "not done after")]
    public async Task A_prepare_command_that_fails_or_hangs_fails_the_version_with_its_last_words(string line, string reason)
    {
        await AssignAsync(Large(1000), r =>
        {
            r.Spec.PrepareCommand = new() { Shell = true, Arguments = { line } };
            r.Spec.PrepareDeadlineMs = 2000;
        });

        var status = await server.NextStatusAsync(ServiceState.Failed, 1);

        Assert.Equal("prepare_command_failed", status.ReasonCode);
        Assert.Contains(reason, status.Reason, StringComparison.Ordinal);
        Assert.Equal(["why"], status.Evidence);
        Assert.Empty(status.PreparedVersions);
    }

    [Fact]
    public async Task A_full_disk_fails_with_numbers_and_leaves_what_runs_alone()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can mount a small disk.");
        using var disk = SmallDisk.Mount(agent.Data.Services, megabytes: 8);
        Assert.SkipUnless(disk.IsMounted, "This machine does not allow mounting a tmpfs.");
        await AssignAsync(Large(1_000_000));
        await server.NextStatusAsync(ServiceState.Healthy, 1);

        // Compresses well: the archive fits, what comes out of it does not.
        var big = server.Publish(Build.Zstd(Build.Tar(tar => Build.AddFile(tar, "zeros", new byte[20_000_000]))), ArtifactFormat.TarZstd);
        await server.SendAsync(Build.Assign(2, Build.Release("2.0", big)));
        var status = await server.NextStatusAsync(ServiceState.Failed, 2);

        Assert.Equal(("disk_full", "1.0"), (status.ReasonCode, status.RunningVersion));
        Assert.Contains("MB are free", status.Reason, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(agent.Folder.Staging));
    }

    private Artifact Large(int size) =>
        server.Publish(Build.Zstd(Build.Tar(tar => Build.AddFile(tar, "noise", Build.Noise(size)))), ArtifactFormat.TarZstd);

    private async Task AssignAsync(Artifact artifact, Action<Release>? with = null)
    {
        await agent.StartAsync();
        await server.SendAsync(Build.Assign(1, Build.Release("1.0", artifact, with)));
    }

    private void AssertNothingStays()
    {
        Assert.Empty(Directory.GetFileSystemEntries(agent.Data.Artifacts));
        Assert.Empty(Directory.GetFileSystemEntries(agent.Folder.Staging));
        Assert.False(Directory.Exists(agent.Folder.Versions) && Directory.GetFileSystemEntries(agent.Folder.Versions).Length > 0);
    }
}
