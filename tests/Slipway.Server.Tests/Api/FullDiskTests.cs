using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Contracts.Deployments;
using Slipway.Server.Persistence.Sqlite;
using Slipway.Server.Tests.Deployments.Http;
using Slipway.Server.Tests.Versions;

namespace Slipway.Server.Tests.Api;

public sealed class FullDiskTests
{
    [Fact]
    public async Task What_can_not_be_written_is_unavailable_and_no_conflict_and_works_when_there_is_room()
    {
        var disk = new FullDisk();
        await using var server = await TestServer.StartAsync(builder => builder.Services.ConfigureDbContext<SqliteDb>(options => options.AddInterceptors(disk)));
        var service = await Scripted.NewAsync(server);
        disk.IsFull = true;
        await (await service.PostAsync(service.Request())).ShouldRefuseAsync(HttpStatusCode.ServiceUnavailable, "unavailable");
        await (await server.Http.SendJsonAsync(HttpMethod.Put, "/api/v1/environments/dev", "{}")).ShouldRefuseAsync(HttpStatusCode.ServiceUnavailable, "unavailable");
        await (await server.Http.ApplyAsync("service: full\nrun: ./a\n")).ShouldRefuseAsync(HttpStatusCode.ServiceUnavailable, "unavailable");
        await (await server.Http.PostTextAsync("/api/v1/tokens", """{"name":"ci","scope":"read"}""", "key")).ShouldRefuseAsync(HttpStatusCode.ServiceUnavailable, "unavailable");
        await (await server.Http.PostTextAsync("/api/v1/uploads", $$"""{"sha256":"{{Uploaded.Random(9).Digest()}}","size":9}""")).ShouldRefuseAsync(HttpStatusCode.ServiceUnavailable, "unavailable");

        disk.IsFull = false;
        Assert.Equal(DeploymentStatus.Succeeded, (await service.FinishAsync()).Status);
    }
}
