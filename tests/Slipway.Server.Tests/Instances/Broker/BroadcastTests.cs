using Slipway.Aws.Notifications;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Agents;
using Slipway.Server.Instances.Broker;

namespace Slipway.Server.Tests.Instances.Broker;

/// <summary>How announcements become messages that SNS takes.</summary>
public sealed class BroadcastTests : IAsyncLifetime
{
    private static readonly EnvironmentName Production = EnvironmentName.Parse("production");
    private TestServer? server;

    private BroadcastMaker Maker => server!.Get<BroadcastMaker>();

    private SigningKey Key => server!.Get<BrokerKey>().Public;

    public async ValueTask InitializeAsync() => server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => server!.DisposeAsync();

    [Fact]
    public void A_deployment_to_five_thousand_instances_is_one_message()
    {
        var message = Assert.Single(Make(Assign(Numbers(5000), SmallRelease())));
        var broadcast = Open(message);
        Assert.All(Numbers(5000), number => Assert.True(InstanceNumbers.Include(Assert.Single(broadcast.Parts).To, number)));
        Assert.False(InstanceNumbers.Include(broadcast.Parts[0].To, 5001));
        Assert.True(message.Bytes < 16 * 1024, $"It has {message.Bytes} bytes.");
    }

    [Fact]
    public void Attributes_say_which_instances_service_and_generations_it_is_about() => Assert.Equal(
        ["service=checkout", "first=3", "last=7", "generationFrom=4", "generationTo=9"],
        Assert.Single(Make(new()
        {
            Service = "checkout",
            Sayings = [new(new() { Assign = new() { Service = "checkout", Generation = 9 } }, [3, 7]), new(new() { Assign = new() { Service = "checkout", Generation = 4 } }, [5])],
        })).Attributes.Select(attribute => $"{attribute.Name}={attribute.Value}"));

    [Fact]
    public void A_large_release_is_packed_and_said_once_for_all_generations()
    {
        var release = SmallRelease();
        release.Spec.Files.Add(new ConfigFile { Path = "nginx.conf", Template = string.Concat(Enumerable.Repeat("server { listen 80; }\n", 20_000)) });
        var message = Assert.Single(Make(new()
        {
            Service = "checkout",
            Release = release,
            Sayings = [.. Numbers(50).Select(number => new Saying(new() { Assign = new() { Service = "checkout", Generation = number } }, [number], WithRelease: true))],
        }));
        Assert.True(message.Bytes < SnsClient.MostBytes);
        Assert.Equal(release, Open(message).Release);
    }

    [Fact]
    public void A_release_that_no_packing_makes_small_enough_is_asked_for_over_the_API()
    {
        var release = SmallRelease();
        var noise = new byte[400_000];
        new Random(1).NextBytes(noise);
        release.Spec.Files.Add(new ConfigFile { Path = "noise", Template = Convert.ToBase64String(noise) });
        var broadcast = Open(Assert.Single(Make(Assign(Numbers(100), release))));
        Assert.NotNull(Assert.Single(broadcast.Parts).Message.ReportIn);
        Assert.Null(broadcast.Release);
    }

    [Fact]
    public void Words_for_more_instances_than_fit_are_several_messages_none_too_large_and_nobody_is_left_out()
    {
        var sayings = Numbers(30_000).Select(number => new Saying(new() { Assign = new() { Service = "checkout", Generation = number, Cause = Guid.NewGuid().ToString() } }, [number])).ToList();
        var messages = Make(new() { Service = "checkout", Sayings = sayings });
        Assert.All(messages, message => Assert.True(message.Bytes <= SnsClient.MostBytes));
        Assert.InRange(messages.Count, 2, 40);
        Assert.Equal(30_000, messages.Sum(message => Open(message).Parts.Count));
    }

    [Fact]
    public void What_was_changed_on_the_way_is_not_opened()
    {
        var bytes = Convert.FromBase64String(Assert.Single(Make(Assign([1], SmallRelease()))).Body);
        var keys = new Dictionary<string, byte[]> { [Key.Id] = Key.PublicKey.ToByteArray() };
        Assert.Equal(SealVerdict.Genuine, BroadcastSeal.Open(bytes, keys, out _));
        var verdicts = new HashSet<SealVerdict>();
        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = bytes.ToArray();
            changed[i] ^= 0x20;
            verdicts.Add(BroadcastSeal.Open(changed, keys, out _));
        }

        Assert.DoesNotContain(SealVerdict.Genuine, verdicts);
    }

    [Fact]
    public void Nothing_that_unpacks_to_more_than_eight_megabytes_is_opened()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var bomb = new Broadcast { Environment = new string('a', BroadcastSeal.MostBytes + 1) };
        var keys = new Dictionary<string, byte[]> { ["k"] = key.ExportSubjectPublicKeyInfo() };
        Assert.Equal(SealVerdict.Malformed, BroadcastSeal.Open(BroadcastSeal.Seal(bomb, key, "k"), keys, out _));
    }

    private List<TopicMessage> Make(Announcement announcement) => [.. Maker.Make(Production, announcement)];

    private Broadcast Open(TopicMessage message) => new FakeSns.Published("", message.Body, new Dictionary<string, string>()).Open(Key);

    private static Announcement Assign(IReadOnlyList<uint> numbers, Release release) => new()
    {
        Service = "checkout",
        Release = release,
        Sayings = [new(new() { Assign = new() { Service = "checkout", Generation = 7, Cause = "d-1/canary/1" } }, numbers, WithRelease: true)],
    };

    private static uint[] Numbers(int count) => [.. Enumerable.Range(1, count).Select(number => (uint)number)];

    private static Release SmallRelease() => new() { Service = "checkout", Environment = "production", Version = "2", Spec = new() };
}
