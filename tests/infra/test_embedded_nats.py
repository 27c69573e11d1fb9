import asyncio

import nats


def test_a_message_outlives_its_publisher(nats_url: str) -> None:
    assert asyncio.run(publish_and_read(nats_url)) == b"Solaris"


async def publish_and_read(url: str) -> bytes:
    first = await nats.connect(url)
    stream = first.jetstream()
    await stream.add_stream(name="films", subjects=["films.*"])
    await stream.publish("films.added", b"Solaris")
    await first.close()
    second = await nats.connect(url)
    message = await second.jetstream().get_msg("films", seq=1)
    await second.close()
    assert message.data is not None
    return message.data
