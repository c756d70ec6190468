using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Versions;

namespace Slipway.Server.Tests.Versions;

public sealed class UploadTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private TestServer Server => shared.Server;

    [Fact]
    public async Task A_file_goes_up_in_parts_and_comes_down_whole()
    {
        var file = Uploaded.Random(300_000);
        var started = await Server.Http.StartAsync(file);
        Assert.Equal((0, false), (started.Offset, started.Complete));
        var half = await (await Server.Http.SendAsync(file, 0, 100_000)).ShouldBeAsync<Upload>(HttpStatusCode.OK);
        Assert.Equal((100_000, false), (half.Offset, half.Complete));
        var whole = await (await Server.Http.SendAsync(file, 100_000)).ShouldBeAsync<Upload>(HttpStatusCode.OK);
        Assert.True(whole.Complete);
        Assert.Equal(file, await Server.Http.GetByteArrayAsync($"/api/v1/artifacts/{file.Digest()}/content"));
        Assert.True((await Server.Http.StartAsync(file)).Complete);
    }

    [Fact]
    public async Task Bytes_that_begin_behind_the_end_are_told_where_to_begin()
    {
        var file = Uploaded.Random(100);
        await Server.Http.StartAsync(file);
        await Server.Http.SendAsync(file, 0, 40);
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/uploads/{file.Digest()}") { Content = new ByteArrayContent(file) };
        request.Headers.Add("Upload-Offset", "5000");
        var response = await Server.Http.SendAsync(request);
        await response.ShouldRefuseAsync(HttpStatusCode.Conflict, "offset_mismatch");
        Assert.Equal("40", Assert.Single(response.Headers.GetValues("Upload-Offset")));
    }

    [Fact]
    public async Task A_download_takes_ranges_and_has_the_digest_as_its_tag()
    {
        var file = Uploaded.Random(10_000);
        await Server.Http.UploadAsync(file);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/artifacts/{file.Digest()}/content");
        request.Headers.Range = new RangeHeaderValue(9_000, null);
        request.Headers.IfRange = new RangeConditionHeaderValue(new EntityTagHeaderValue($"\"{file.Digest()}\""));
        var response = await Server.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal(file[9_000..], await response.Content.ReadAsByteArrayAsync());
        Assert.Equal($"\"{file.Digest()}\"", response.Headers.ETag?.ToString());
    }

    [Fact]
    public async Task An_upload_goes_on_after_the_server_was_restarted()
    {
        await using var server = await TestServer.StartAsync();
        var file = Uploaded.Random(200_000);
        await server.Http.StartAsync(file);
        await server.Http.SendAsync(file, 0, 150_000);
        await server.RestartAsync();
        Assert.Equal(150_000, (await server.Http.GetAsync<Upload>($"/api/v1/uploads/{file.Digest()}")).Offset);
        Assert.True((await (await server.Http.SendAsync(file, 150_000)).ShouldBeAsync<Upload>(HttpStatusCode.OK)).Complete);
    }

    [Fact]
    public async Task A_wrong_offset_is_refused_with_the_right_one()
    {
        var file = Uploaded.Random(1_000);
        await Server.Http.StartAsync(file);
        await Server.Http.SendAsync(file, 0, 400);
        foreach (var offset in (int[])[0, 399, 401])
        {
            var response = await Server.Http.SendAsync(file, offset, 10);
            var problem = await response.ShouldRefuseAsync(HttpStatusCode.Conflict, "offset_mismatch");
            Assert.Equal("400", problem.Errors!["offset"][0]);
            Assert.Equal("400", response.Headers.GetValues("Upload-Offset").Single());
        }
    }

    [Fact]
    public async Task What_arrived_before_a_connection_broke_is_kept()
    {
        var file = Uploaded.Random(500_000);
        await Server.Http.StartAsync(file);
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(Server.Address.Host, Server.Address.Port);
            await socket.GetStream().WriteAsync(Head(file, file.Length));
            await socket.GetStream().WriteAsync(file.AsMemory(0, 123_456));
            await Eventually.TrueAsync(async () => (await OffsetAsync(file)) == 123_456);

            // Not a polite end: the peer vanishes.
            socket.Client.LingerState = new LingerOption(true, 0);
        }

        await Eventually.TrueAsync(async () => (await Server.Http.SendAsync(file, 123_456)).StatusCode != HttpStatusCode.Conflict);
        Assert.Equal(file, await Server.Http.GetByteArrayAsync($"/api/v1/artifacts/{file.Digest()}/content"));
    }

    [Fact]
    public async Task Only_one_may_write_at_a_time()
    {
        var file = Uploaded.Random(100_000);
        await Server.Http.StartAsync(file);
        using var first = new TcpClient();
        await first.ConnectAsync(Server.Address.Host, Server.Address.Port);
        await first.GetStream().WriteAsync(Head(file, file.Length));
        await first.GetStream().WriteAsync(file.AsMemory(0, 1_000));
        await Eventually.TrueAsync(async () => await OffsetAsync(file) == 1_000);
        await (await Server.Http.SendAsync(file, 1_000)).ShouldRefuseAsync(HttpStatusCode.Conflict, "upload_in_progress");
        await first.GetStream().WriteAsync(file.AsMemory(1_000));
        await Eventually.TrueAsync(async () => (await Server.Http.GetAsync<Upload>($"/api/v1/uploads/{file.Digest()}")).Complete);
    }

    [Fact]
    public async Task A_tampered_file_is_deleted_and_can_be_sent_again()
    {
        var file = Uploaded.Random(50_000);
        await Server.Http.StartAsync(file);
        await Server.Http.SendAsync(file, 0, 20_000);
        var tampered = file.ToArray();
        tampered[30_000] ^= 1;
        await (await Server.Http.SendAsync(tampered, 20_000, as_: file)).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "digest_mismatch");
        await (await Server.Http.GetAsync($"/api/v1/artifacts/{file.Digest()}")).ShouldRefuseAsync(HttpStatusCode.NotFound, "artifact_not_found");
        Assert.Equal(0, (await Server.Http.StartAsync(file)).Offset);
        Assert.True((await (await Server.Http.SendAsync(file, 0)).ShouldBeAsync<Upload>(HttpStatusCode.OK)).Complete);
    }

    [Fact]
    public async Task Bytes_changed_on_the_disk_meanwhile_do_not_pass_after_a_restart()
    {
        await using var server = await TestServer.StartAsync();
        var file = Uploaded.Random(50_000);
        await server.Http.StartAsync(file);
        await server.Http.SendAsync(file, 0, 20_000);
        var partial = Assert.Single(Directory.GetFiles(Path.Combine(server.DataDirectory, "artifacts"), "*.partial"));
        await using (var stream = File.OpenWrite(partial))
            stream.WriteByte((byte)(file[0] ^ 1));

        await server.RestartAsync();
        await (await server.Http.SendAsync(file, 20_000)).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "digest_mismatch");
    }

    [Fact]
    public async Task More_bytes_than_announced_are_refused()
    {
        var file = Uploaded.Random(1_000);
        await Server.Http.PostAsync("/api/v1/uploads", new StartUpload { Sha256 = ArtifactDigest.Parse(file.Digest()), Size = 900 });
        await (await Server.Http.SendAsync(file, 0)).ShouldRefuseAsync(HttpStatusCode.BadRequest, "upload_too_long");
    }

    [Fact]
    public async Task What_cannot_be_an_upload_is_refused()
    {
        await (await Server.Http.PostTextAsync("/api/v1/uploads", """{"sha256":"abc","size":1}""")).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request");
        var digest = ArtifactDigest.Parse(Uploaded.Random(1).Digest());
        await (await Server.Http.PostAsync("/api/v1/uploads", new StartUpload { Sha256 = digest, Size = 0 })).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request");
        await (await Server.Http.PostAsync("/api/v1/uploads", new StartUpload { Sha256 = digest, Size = 11L << 30 }))
            .ShouldRefuseAsync(HttpStatusCode.RequestEntityTooLarge, "artifact_too_large");
        await (await Server.Http.SendAsync(Uploaded.Random(9), 0)).ShouldRefuseAsync(HttpStatusCode.NotFound, "upload_not_found");
        await (await Server.Http.PatchAsync($"/api/v1/uploads/{digest}", new ByteArrayContent([1]))).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task A_file_for_which_the_disk_has_no_room_is_refused_before_it_is_sent()
    {
        await using var server = await TestServer.StartAsync(arguments: ["--Slipway:ReservedDiskSpace", "900TB"]);
        var file = Uploaded.Random(1_000);
        await (await server.Http.PostAsync("/api/v1/uploads", new StartUpload { Sha256 = ArtifactDigest.Parse(file.Digest()), Size = file.Length }))
            .ShouldRefuseAsync(HttpStatusCode.InsufficientStorage, "insufficient_storage");
    }

    [Fact]
    public async Task A_disk_that_fills_up_stops_the_upload_and_it_goes_on_when_there_is_room()
    {
        var artifacts = Directory.CreateTempSubdirectory("slipway-full-").FullName;
        Assert.SkipUnless(await Shell($"mount -t tmpfs -o size=1m tmpfs {artifacts}") == 0, "Needs to be allowed to mount a file system.");
        try
        {
            await using var server = await TestServer.StartAsync(arguments: ["--Slipway:ReservedDiskSpace", "0B"]);
            var folder = Path.Combine(server.DataDirectory, "artifacts");
            Directory.Delete(folder);
            Directory.CreateSymbolicLink(folder, artifacts);
            var file = Uploaded.Random(700_000);
            await server.Http.StartAsync(file);
            await File.WriteAllBytesAsync(Path.Combine(artifacts, "somebody-else"), new byte[600_000]);
            await (await server.Http.SendAsync(file, 0)).ShouldRefuseAsync(HttpStatusCode.InsufficientStorage, "insufficient_storage");
            File.Delete(Path.Combine(artifacts, "somebody-else"));
            var offset = (await server.Http.GetAsync<Upload>($"/api/v1/uploads/{file.Digest()}")).Offset;
            Assert.True((await (await server.Http.SendAsync(file, (int)offset)).ShouldBeAsync<Upload>(HttpStatusCode.OK)).Complete);
            Directory.Delete(folder);
        }
        finally
        {
            await Shell($"umount {artifacts}; rmdir {artifacts}");
        }
    }

    [Fact]
    public async Task Publishing_needs_the_scope_publish()
    {
        var token = await (await Server.Http.PostTextAsync("/api/v1/tokens", """{"name":"reader","scope":"read"}""")).ShouldBeAsync<Contracts.Access.TokenCreated>(HttpStatusCode.Created);
        using var reader = Server.As(token.Secret);
        var file = Uploaded.Random(10);
        await (await reader.SendAsync(file, 0)).ShouldRefuseAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    private static byte[] Head(byte[] file, int length, string token) => Encoding.ASCII.GetBytes(
        $"PATCH /api/v1/uploads/{file.Digest()} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nUpload-Offset: 0\r\nContent-Length: {length}\r\n\r\n");

    private static async Task<int> Shell(string command)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private byte[] Head(byte[] file, int length) => Head(file, length, Server.AdminToken);

    private async Task<long> OffsetAsync(byte[] file) => (await Server.Http.GetAsync<Upload>($"/api/v1/uploads/{file.Digest()}")).Offset;
}
