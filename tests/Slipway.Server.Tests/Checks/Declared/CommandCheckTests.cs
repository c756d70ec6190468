using System.Net;
using Slipway.Contracts.Deployments;
using Slipway.Server.Tests.Deployments.Http;

namespace Slipway.Server.Tests.Checks.Declared;

/// <summary>Commands on the server.</summary>
public sealed class CommandCheckTests
{
    [Fact]
    public async Task They_are_refused_unless_the_server_says_otherwise()
    {
        await using var server = await TestServer.StartAsync();
        var service = await NewAsync(server, "true");
        var problem = await (await service.PostAsync(service.Request("2.0"))).ShouldRefuseAsync(HttpStatusCode.Conflict, "check_not_possible");
        Assert.Contains("Slipway:Checks:AllowCommands=true", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_of_a_command_decides_and_its_last_lines_are_kept()
    {
        await using var server = await TestServer.StartAsync(_ => { }, "--Slipway:Checks:AllowCommands", "true");
        Assert.Equal(DeploymentStatus.Succeeded, (await (await NewAsync(server, "sh", "-c", "test \"$SLIPWAY_VERSION\" = 2.0 && test \"$1\" = 2.0 && test -n \"$SLIPWAY_CHECK_KEY\" && test -z \"$HOME\"", "sh", "${SLIPWAY_VERSION}")).FinishAsync("2.0")).Status);

        var failed = await (await NewAsync(server, "sh", "-c", "seq 1 100; echo 'it is \u001bbroken' >&2; exit 3")).FinishAsync("2.0");
        Assert.Equal("sh ended with 3, expected 0: it is broken.", failed.Failure!.Reason);
        Assert.Equal((20, "it is broken"), (failed.Failure.Evidence.Count, failed.Failure.Evidence[^1]));

        var missing = await (await NewAsync(server, "./there-is-no-such-program")).FinishAsync("2.0");
        Assert.Equal("check_failed", missing.Failure!.Code);
        Assert.Contains("could not be started", missing.Failure.Reason, StringComparison.Ordinal);
    }

    private static async Task<Scripted> NewAsync(TestServer server, params string[] command)
    {
        var service = await Scripted.NewAsync(server);
        service.Checks = [new() { Name = "warm", Command = command }];
        await service.PublishAsync("2.0");
        return service;
    }
}
