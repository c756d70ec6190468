using System.Security.Cryptography;
using Amazon.SQS.Model;
using Microsoft.Extensions.Logging.Abstractions;
using Slipway.Agent.Connection;
using Slipway.Agent.Identity;
using Slipway.Agent.Queue;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Agents;
using Slipway.Contracts.Ids;
using Xunit;

namespace Slipway.Agent.Tests.Queue;

/// <summary>What an agent believes and obeys of what comes out of its queue.</summary>
public sealed class InboxTests : IDisposable
{
    private const uint Number = 7;
    private readonly string folder = Directory.CreateTempSubdirectory("slipway-inbox-").FullName;
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly Conversation heard = new();
    private readonly List<TimeSpan> wishes = [];
    private readonly QueuePlaces places;
    private readonly Inbox inbox;
    private DateTimeOffset now = DateTimeOffset.UtcNow;

    public InboxTests()
    {
        var identity = new AgentIdentity { Instance = InstanceName.Parse("web-1"), Environment = EnvironmentName.Parse("dev"), ServerId = "srv", Servers = [new("http://127.0.0.1")] };
        places = new(new DataFolder(folder));
        places.Learn(new() { Region = "us-east-1", TopicArn = "arn:t", QueuePrefix = "slipway", InstanceNumber = Number, Keys = { new SigningKey { Id = "k", PublicKey = Google.Protobuf.ByteString.CopyFrom(key.ExportSubjectPublicKeyInfo()) } } });
        inbox = new(identity, places, heard, wishes.Add, () => now, NullLogger<Inbox>.Instance);
    }

    public void Dispose()
    {
        key.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void What_the_server_says_to_this_instance_is_obeyed_with_the_release_that_all_share()
    {
        var release = new Release { Service = "shop", Version = "2" };
        var broadcast = To(Number, new ToAgent { Assign = new() { Service = "shop", Generation = 3 } });
        (broadcast.Release, broadcast.Parts[0].WithRelease) = (release, true);
        Assert.Equal(Fate.Done, inbox.Take(Sealed(broadcast)));
        Assert.Equal(release, Assert.Single(heard.Messages).Assign.Release);
    }

    [Fact]
    public void What_is_for_others_is_passed_over()
    {
        Assert.Equal(Fate.Done, inbox.Take(Sealed(To(Number + 1, new ToAgent { RotateKey = new() }))));
        Assert.Empty(heard.Messages);
    }

    [Fact]
    public void Another_servers_or_environments_word_is_not_obeyed_although_it_is_signed()
    {
        var elsewhere = To(Number, new ToAgent { RotateKey = new() });
        elsewhere.Environment = "production";
        Assert.Equal(Fate.Done, inbox.Take(Sealed(elsewhere)));
        (elsewhere.Environment, elsewhere.ServerId) = ("dev", "other");
        Assert.Equal(Fate.Done, inbox.Take(Sealed(elsewhere)));
        Assert.Empty(heard.Messages);
    }

    [Fact]
    public void A_command_that_is_too_late_is_not_obeyed_an_assignment_is_never_too_late()
    {
        var command = To(Number, new ToAgent { RotateKey = new() });
        command.ExpiresAt = now.AddMinutes(6).ToUnixTimeMilliseconds();
        now = now.AddMinutes(7);
        inbox.Take(Sealed(command));
        Assert.Empty(heard.Messages);
        now = now.AddDays(30);
        inbox.Take(Sealed(To(Number, new ToAgent { Assign = new() { Service = "shop", Generation = 3 } })));
        Assert.Single(heard.Messages);
    }

    [Fact]
    public void A_key_that_is_new_makes_the_agent_ask_and_hear_the_message_again()
    {
        using var next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var message = Sealed(To(Number, new ToAgent { RotateKey = new() }), next, "next");
        Assert.Equal(Fate.Later, inbox.Take(message));
        Assert.Equal([TimeSpan.Zero], wishes);
        places.Learn(new() { Region = "us-east-1", TopicArn = "arn:t", QueuePrefix = "slipway", InstanceNumber = Number, Keys = { new SigningKey { Id = "next", PublicKey = Google.Protobuf.ByteString.CopyFrom(next.ExportSubjectPublicKeyInfo()) } } });
        Assert.Equal(Fate.Done, inbox.Take(message));
        Assert.Single(heard.Messages);
    }

    [Theory]
    [InlineData("not base64!")]
    [InlineData("bm90IG91cnM=")]
    [InlineData("")]
    public void Nonsense_is_left_for_the_dead_letters_and_without_them_dropped_after_some_attempts(string body)
    {
        Assert.Equal(Fate.Left, inbox.Take(Nonsense(body, attempts: 1)));
        Assert.Equal(Fate.Done, inbox.Take(Nonsense(body, attempts: 5)));
    }

    [Fact]
    public void A_signature_by_somebody_else_under_the_servers_key_id_is_not_obeyed()
    {
        using var forger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Equal(Fate.Left, inbox.Take(Sealed(To(Number, new ToAgent { RotateKey = new() }), forger, "k")));
        Assert.Empty(heard.Messages);
    }

    [Fact]
    public void Asked_to_report_it_does_so_within_the_time_given()
    {
        inbox.Take(Sealed(To(Number, new ToAgent { ReportIn = new() { WithinMs = 2000 } })));
        Assert.Equal([TimeSpan.FromSeconds(2)], wishes);
    }

    private static Broadcast To(uint number, ToAgent message) => new()
    {
        ServerId = "srv",
        Environment = "dev",
        Parts = { new Part { To = InstanceNumbers.ToRecipients([number]), Message = message } },
    };

    private Message Sealed(Broadcast broadcast) => Sealed(broadcast, key, "k");

    private static Message Sealed(Broadcast broadcast, ECDsa by, string keyId) => new() { MessageId = "m", Body = Convert.ToBase64String(BroadcastSeal.Seal(broadcast, by, keyId)) };

    private static Message Nonsense(string body, int attempts) => new() { MessageId = "m", Body = body, Attributes = new() { ["ApproximateReceiveCount"] = $"{attempts}" } };

    private sealed class Conversation : IConversation
    {
        public List<ToAgent> Messages { get; } = [];

        public Hello Hello() => new();

        public Heartbeat Heartbeat() => new();

        public void Receive(ToAgent message) => Messages.Add(message);

        public Task KeptAsync(CancellationToken cancellation) => Task.CompletedTask;

        public void Disconnected()
        {
        }
    }
}
