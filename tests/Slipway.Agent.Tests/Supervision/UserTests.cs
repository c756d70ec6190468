using Slipway.Agent.Activating;
using Slipway.Agent.Tests.Activating;
using Xunit;

namespace Slipway.Agent.Tests.Supervision;

public sealed class UserTests
{
    [Fact]
    public async Task A_service_runs_as_its_user_with_that_users_groups_and_home()
    {
        Assert.SkipUnless(Environment.UserName == "root", "Only root can become another user.");
        await using var instance = new TestInstance();
        File.SetUnixFileMode(instance.Data.Root, (UnixFileMode)0b111_101_101);

        await instance.ActivateHealthyAsync(instance.Version("1.0", "id -un; id -u; echo $HOME; exec sleep 1000", change: spec => spec.User = "nobody"));

        await TestInstance.UntilAsync(() => instance.Log.Split('\n').Length == 4, "it has said who it is");
        Assert.Equal("nobody\n65534\n/nonexistent\n", instance.Log);
    }

    [Fact]
    public async Task A_user_that_does_not_exist_is_named_before_anything_is_stopped()
    {
        await using var instance = new TestInstance();
        var pid = await instance.ActivateHealthyAsync(instance.Version("1.0", "exec sleep 1000"));

        var outcome = await instance.ActivateAsync(instance.Version("2.0", "", 2, change: spec => spec.User = "no-such-user"));

        var failed = Assert.IsType<ActivationOutcome.Failed>(outcome);
        Assert.Equal("There is no user 'no-such-user' on this instance: create it or change 'user' of the service.", failed.Reason);
        Assert.Equal(pid, instance.Running!.ProcessId);
    }
}
