using Slipway.Agent.Supervision;
using Xunit;

namespace Slipway.Agent.Tests.Supervision;

public sealed class SpawnerTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("slipway-").FullName;
    private readonly ExitWatcher watcher = new();

    [Fact]
    public async Task A_program_leads_its_own_session_and_group()
    {
        var fields = (await RunAsync("cat /proc/self/stat")).Split(") ")[1].Split(' ');
        var shell = (await RunAsync("echo $$; cut -d' ' -f5,6 /proc/$$/stat")).Split('\n');

        Assert.Equal($"{shell[0]} {shell[0]}", shell[1]);
        Assert.NotEqual(ProcessTable.Read(Environment.ProcessId)!.Value.Session.ToString(System.Globalization.CultureInfo.InvariantCulture), fields[3]);
    }

    [Fact]
    public async Task Standard_input_is_empty_and_no_other_descriptor_leaks()
    {
        Assert.Equal("/dev/null\n", await RunAsync("readlink /proc/self/fd/0"));
        // ls itself opens the folder it lists: 0, 1, 2 and that one.
        Assert.Equal("0\n1\n2\n3\n", await RunAsync("ls /proc/self/fd"));
    }

    [Fact]
    public async Task Signals_are_neither_ignored_nor_blocked_though_the_runtime_ignores_some()
    {
        var status = await RunAsync("grep -E '^Sig(Ign|Blk)' /proc/self/status");

        // 32 and 33 belong to glibc, which ignores them in a new program until that program's own glibc takes them.
        Assert.Equal("SigBlk:\t0000000000000000\nSigIgn:\t0000000180000000\n", status);
    }

    [Fact]
    public async Task The_environment_is_the_one_given_and_nothing_else() =>
        Assert.Equal("PATH=/usr/bin:/bin\nX=a b=c\n", await RunAsync("env | grep -v -E '^(PWD|SHLVL|_|OLDPWD)=' | sort"));

    [Fact]
    public async Task Output_and_errors_are_appended_in_the_order_they_were_written()
    {
        await File.WriteAllTextAsync(Output, "before\n");

        Assert.Equal("before\none\ntwo\n", await RunAsync("echo one; echo two >&2"));
    }

    [Fact]
    public void A_missing_program_is_explained()
    {
        Assert.Null(Spawner.Spawn(Launch("/no/such", []), out var failure));
        Assert.Equal("/no/such could not be started: there is no such file.", failure);
    }

    [Fact]
    public void A_file_that_is_no_program_is_explained()
    {
        var file = Path.Combine(folder, "data");
        File.WriteAllText(file, "just text");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Assert.Null(Spawner.Spawn(Launch(file, []), out var failure));
        Assert.Contains("neither a program for this machine nor a script", failure, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        watcher.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private string Output => Path.Combine(folder, "output");

    private Launch Launch(string executable, string[] arguments) =>
        new(executable, [executable, .. arguments], new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin", ["X"] = "a b=c" }, folder, Output);

    private async Task<string> RunAsync(string script)
    {
        if (Spawner.Spawn(Launch("/bin/sh", ["-c", script]), out var failure) is not { } pid)
            throw new InvalidOperationException(failure);

        var process = new ServiceProcess(ProcessIdentity.Of(pid)!, "", isChild: true, watcher, TimeProvider.System);
        Assert.Equal(new ProcessExit.WithCode(0), await process.Exited.WaitAsync(TimeSpan.FromSeconds(20)));
        var text = await File.ReadAllTextAsync(Output);
        File.Delete(Output);
        return text;
    }
}
