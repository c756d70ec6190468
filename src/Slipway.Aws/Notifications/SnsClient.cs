using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Slipway.Aws.Signing;

namespace Slipway.Aws.Notifications;

/// <summary>
/// The calls of Amazon SNS that Slipway makes (query protocol, version 2010-03-31). Every refusal is an <see cref="AwsException"/>.
/// https://docs.aws.amazon.com/sns/latest/api/API_Operations.html
/// </summary>
public sealed class SnsClient(AwsRequests requests)
{
    /// <summary>Messages in one PublishBatch.</summary>
    public const int MostInBatch = 10;

    /// <summary>Bytes of one message, or of all in a batch together: body, attribute names, types and values.</summary>
    public const int MostBytes = 256 * 1024;

    private const string Version = "2010-03-31";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Makes the topic, or finds the one of this name. Returns its ARN.</summary>
    public async Task<string> CreateTopicAsync(string name, CancellationToken cancellation) =>
        Value(await CallAsync("CreateTopic", [("Name", name)], cancellation), "TopicArn");

    public async Task<IReadOnlyDictionary<string, string>> TopicAttributesAsync(string topic, CancellationToken cancellation) =>
        Map(await CallAsync("GetTopicAttributes", [("TopicArn", topic)], cancellation));

    /// <summary>Publishes at most <see cref="MostInBatch"/> messages. Returns those that were refused, with AWS' word for it.</summary>
    public async Task<IReadOnlyList<RefusedMessage>> PublishAsync(string topic, IReadOnlyList<TopicMessage> messages, CancellationToken cancellation)
    {
        List<(string, string)> fields = [("TopicArn", topic)];
        for (var i = 0; i < messages.Count; i++)
            AddEntry(fields, i, messages[i]);

        var answer = await CallAsync("PublishBatch", fields, cancellation);
        return [.. Elements(answer, "Failed").SelectMany(failed => failed.Elements()).Select(entry => new RefusedMessage(
            messages[int.Parse(Value(entry, "Id"), CultureInfo.InvariantCulture)], Value(entry, "Code"), Find(entry, "Message") ?? "", Find(entry, "SenderFault") == "true"))];
    }

    /// <summary>Subscribes a queue. Returns the subscription's ARN, also where it was there already with the same attributes.</summary>
    public async Task<string> SubscribeAsync(string topic, string queueArn, IReadOnlyDictionary<string, string> attributes, CancellationToken cancellation)
    {
        List<(string, string)> fields = [("TopicArn", topic), ("Protocol", "sqs"), ("Endpoint", queueArn), ("ReturnSubscriptionArn", "true")];
        foreach (var ((name, value), i) in attributes.Select((pair, i) => (pair, i + 1)))
            fields.AddRange([(Entry("Attributes.entry", i, "key"), name), (Entry("Attributes.entry", i, "value"), value)]);

        return Value(await CallAsync("Subscribe", fields, cancellation), "SubscriptionArn");
    }

    /// <summary>The subscription of a queue. Null: it has none. Looks through all of the topic, a hundred a call.</summary>
    public async Task<string?> FindSubscriptionAsync(string topic, string queueArn, CancellationToken cancellation)
    {
        string? next = null;
        do
        {
            List<(string, string)> fields = next is null ? [("TopicArn", topic)] : [("TopicArn", topic), ("NextToken", next)];
            var page = await CallAsync("ListSubscriptionsByTopic", fields, cancellation);
            if (Elements(page, "member").FirstOrDefault(one => Find(one, "Endpoint") == queueArn) is { } found)
                return Value(found, "SubscriptionArn");

            next = Find(page, "NextToken") is { Length: > 0 } token ? token : null;
        }
        while (next is not null);
        return null;
    }

    public async Task<IReadOnlyDictionary<string, string>> SubscriptionAttributesAsync(string subscription, CancellationToken cancellation) =>
        Map(await CallAsync("GetSubscriptionAttributes", [("SubscriptionArn", subscription)], cancellation));

    public Task SetSubscriptionAttributeAsync(string subscription, string name, string value, CancellationToken cancellation) =>
        CallAsync("SetSubscriptionAttributes", [("SubscriptionArn", subscription), ("AttributeName", name), ("AttributeValue", value)], cancellation);

    /// <summary>Nothing happens where it is gone already.</summary>
    public Task UnsubscribeAsync(string subscription, CancellationToken cancellation) =>
        CallAsync("Unsubscribe", [("SubscriptionArn", subscription)], cancellation);

    private static void AddEntry(List<(string, string)> fields, int index, TopicMessage message)
    {
        const string list = "PublishBatchRequestEntries.member";
        fields.AddRange([(Entry(list, index + 1, "Id"), index.ToString(CultureInfo.InvariantCulture)), (Entry(list, index + 1, "Message"), message.Body)]);
        foreach (var (attribute, i) in message.Attributes.Select((attribute, i) => (attribute, i + 1)))
        {
            var prefix = Entry(list, index + 1, Entry("MessageAttributes.entry", i, ""));
            fields.AddRange([
                (prefix + "Name", attribute.Name), (prefix + "Value.DataType", attribute.Type), (prefix + "Value.StringValue", attribute.Value)]);
        }
    }

    private static string Entry(string list, int number, string field) => string.Create(CultureInfo.InvariantCulture, $"{list}.{number}.{field}");

    private async Task<XElement> CallAsync(string action, IEnumerable<(string Name, string Value)> fields, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, requests.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        var form = Encoding.UTF8.GetBytes(string.Join('&', ((IEnumerable<(string Name, string Value)>)[("Action", action), ("Version", Version), .. fields])
            .Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}")));
        try
        {
            using var response = await requests.SendAsync(
                () => Request(form), Convert.ToHexStringLower(SHA256.HashData(form)), "sns", requests.Access.Region, async answer => (await FaultAsync(answer, either.Token)).IsClock, either.Token);
            if (!response.IsSuccessStatusCode)
                throw await FaultAsync(response, either.Token);

            // Somebody on the way may answer with a page, and a page may be XML.
            var answer = XElement.Parse(await response.Content.ReadAsStringAsync(either.Token));
            return answer.Name.LocalName == action + "Response" ? answer : throw new XmlException($"It is {answer.Name.LocalName}.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new AwsException("Unreachable", $"SNS did not answer {action} within {Patience.TotalSeconds:0} s.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or XmlException)
        {
            throw AwsException.Of(e) ?? new AwsException("Unreachable", $"The answer to {action} is none of SNS ({e.Message}).", inner: e);
        }
    }

    private HttpRequestMessage Request(byte[] form) => new(HttpMethod.Post, requests.Access.Endpoint("sns"))
    {
        Content = new ByteArrayContent(form) { Headers = { ContentType = MediaTypeHeaderValue.Parse("application/x-www-form-urlencoded; charset=utf-8") } },
    };

    /// <summary>May be asked twice for the same answer: its content stays in memory.</summary>
    private static async Task<AwsException> FaultAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await response.Content.LoadIntoBufferAsync(cancellation);
        var text = await response.Content.ReadAsStringAsync(cancellation);
        try
        {
            var answer = XElement.Parse(text);
            if (Find(answer, "Code") is { } code)
                return new(code, Find(answer, "Message") ?? code, response.StatusCode);
        }
        catch (XmlException)
        {
            // A proxy's page, or nothing.
        }

        return new((int)response.StatusCode >= 500 ? "Unreachable" : "", $"SNS answered {(int)response.StatusCode} {response.ReasonPhrase}.", response.StatusCode);
    }

    private static IEnumerable<XElement> Elements(XElement within, string name) => within.Descendants().Where(element => element.Name.LocalName == name);

    private static string? Find(XElement within, string name) => Elements(within, name).FirstOrDefault()?.Value;

    private static string Value(XElement within, string name) => Find(within, name) ?? throw new AwsException("Unreachable", $"The answer has no {name}.");

    private static Dictionary<string, string> Map(XElement answer) =>
        Elements(answer, "entry").ToDictionary(entry => Value(entry, "key"), entry => Value(entry, "value"));
}
